import Kernels

/// A block of queries of one span, and the keys that they see: those of a prefix, shared ones, their own.
struct AttentionBlock {
    private static let mostQueries = 64

    let span: AttentionSpan
    /// The block's first query, counted from the span's first.
    let first: Int
    /// The number of queries.
    let count: Int
    /// Keys of the prefix, before all others.
    let prefixCount: Int
    /// The stream of the pass whose prefix it sees.
    let stream: Int

    /// The blocks of all spans, in order.
    ///
    /// - Parameters:
    ///   - prefixCount: Keys of the prefix, 0 without one.
    ///   - rowsPerStream: Query rows of one stream.
    static func all(of spans: [AttentionSpan], prefixCount: Int, rowsPerStream: Int) -> [AttentionBlock] {
        spans.flatMap { span in
            stride(from: 0, to: span.queryCount, by: mostQueries).map { first in
                AttentionBlock(
                    span: span, first: first, count: min(mostQueries, span.queryCount - first),
                    prefixCount: prefixCount, stream: span.firstQueryRow / max(1, rowsPerStream))
            }
        }
    }

    /// Floats that the attention weights of the widest block take.
    static func floats(_ blocks: [AttentionBlock]) -> Int {
        mostQueries * (blocks.map(\.weightStride).max() ?? 0)
    }

    /// Hidden keys that stand between the prefix and the keys that are seen, and so have no column.
    private var skippedCount: Int { prefixCount > 0 ? span.hiddenKeyCount : 0 }
    /// Own keys up to the one at which query `query` of the block stands.
    private func ownKeyCount(ofQuery query: Int) -> Int {
        max(0, span.keyCount - span.queryCount + first + query + 1 - skippedCount)
    }

    /// Columns of attention weights.
    var keyCount: Int { end(ofQuery: count - 1) }
    /// The distance between rows of attention weights, in floats.
    var weightStride: Int { (keyCount + 15) / 16 * 16 }
    /// The block's query rows in the batch.
    var queryRows: Range<Int> { span.firstQueryRow + first..<span.firstQueryRow + first + count }
    /// The first column that is seen.
    var firstSeen: Int { prefixCount > 0 ? 0 : span.hiddenKeyCount }
    /// The column after the last one that a query sees.
    func end(ofQuery query: Int) -> Int {
        prefixCount + span.sharedKeys.count + ownKeyCount(ofQuery: query)
    }

    /// The rows that the columns of attention weights stand for, in runs, with their columns.
    ///
    /// - Parameters:
    ///   - rows: Keys or values of the batch or the cache, or their gradients.
    ///   - prefix: The same of the prefix, one a stream.
    func forEachRun(
        of rows: MatrixView, prefix: [MatrixView]?, _ body: (_ run: MatrixView, _ columns: Range<Int>) -> Void
    ) {
        let own = span.firstKeyRow + skippedCount
        var runs = [rows.rows(own..<own + ownKeyCount(ofQuery: count - 1))]
        if !span.sharedKeys.isEmpty { runs.insert(rows.rows(span.sharedKeys), at: 0) }
        if let prefix { runs.insert(prefix[stream], at: 0) }
        var column = 0
        for run in runs where run.rowCount > 0 {
            body(run, column..<column + run.rowCount)
            column += run.rowCount
        }
    }
}
