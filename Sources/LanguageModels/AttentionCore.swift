import Kernels

/// Causal softmax attention of query rows over key and value rows: `softmax(Q Kᵀ / √d) V` for each head.
///
/// Shared by all families; query heads may share a key/value head (grouped-query attention). Work is cut by
/// span, block of 64 queries and head, so memory grows with the keys of one block and never with their
/// square. Determinism class: the same bits for any number of threads on one core type; a tolerance across.
/// Source: Vaswani et al. 2017, eq. 1; Ainslie et al. 2023 for shared heads.
struct AttentionCore {
    let headCount: Int
    let keyValueHeadCount: Int
    let headSize: Int

    static let queriesPerBlock = 64

    /// A block of queries of one span: query rows from `first`, `count` of them.
    struct Block {
        let span: AttentionSpan
        let first: Int
        let count: Int

        /// Own keys up to the one at which the block's last query stands.
        var ownKeyCount: Int { span.keyCount - span.queryCount + first + count }
        /// Those and the shared ones before them.
        var keyCount: Int { span.sharedKeys.count + ownKeyCount }
        /// The distance between rows of attention weights, in floats.
        var weightStride: Int { (keyCount + 15) / 16 * 16 }
        /// The block's query rows in the batch.
        var queryRows: Range<Int> { span.firstQueryRow + first..<span.firstQueryRow + first + count }
        /// Key rows in the order of their positions.
        var keyRuns: [Range<Int>] {
            let own = span.firstKeyRow..<span.firstKeyRow + ownKeyCount
            return span.sharedKeys.isEmpty ? [own] : [span.sharedKeys, own]
        }

        /// The blocks of a span, in order.
        static func all(of span: AttentionSpan) -> [Block] {
            stride(from: 0, to: span.queryCount, by: queriesPerBlock).map { first in
                Block(span: span, first: first, count: min(queriesPerBlock, span.queryCount - first))
            }
        }
    }

    /// The columns of a query head.
    func columns(ofHead head: Int) -> Range<Int> { head * headSize..<(head + 1) * headSize }

    /// How many query heads share a key/value head.
    var headsPerKey: Int { headCount / keyValueHeadCount }

    /// Writes each query row's context; a row that sees nothing gets zeros.
    ///
    /// Shapes: queries and context [T, heads · headSize], keys and values [K, key/value heads · headSize].
    func apply(
        queries: MatrixView, keys: MatrixView, values: MatrixView, spans: [AttentionSpan],
        into context: MatrixView, workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let blocks = spans.flatMap(Block.all)
        let floatsPerWorker = Self.queriesPerBlock * (blocks.map(\.weightStride).max() ?? 0)
        let scratch = try workspace.floats(
            .attentionWeights, count: floatsPerWorker * team.threadCount)
        team.forEachChunk(of: blocks.count * headCount) { chunk, worker in
            let block = blocks[chunk / headCount]
            let head = chunk % headCount
            let own = columns(ofHead: head)
            let shared = columns(ofHead: head / headsPerKey)
            attend(
                block, queries: queries.rows(block.queryRows).columns(own),
                keys: keys.columns(shared), values: values.columns(shared),
                weights: MatrixView(
                    base: scratch + worker * floatsPerWorker, rowCount: block.count,
                    columnCount: block.keyCount, rowStride: block.weightStride),
                context: context.rows(block.queryRows).columns(own))
        }
    }

    private func attend(
        _ block: Block, queries: MatrixView, keys: MatrixView, values: MatrixView, weights: MatrixView,
        context: MatrixView
    ) {
        weigh(block, queries: queries, keys: keys, into: weights)
        var column = 0
        for run in block.keyRuns {
            MatrixTile.multiply(
                weights.columns(column..<column + run.count), by: values.rows(run), into: context,
                accumulating: column > 0, kind: .attentionProduct)
            column += run.count
        }
    }

    /// One head's attention weights of a block: softmax of scaled scores, one column for each key of its runs.
    func weigh(_ block: Block, queries: MatrixView, keys: MatrixView, into weights: MatrixView) {
        var column = 0
        for run in block.keyRuns {
            MatrixTile.multiply(
                queries, byTransposeOf: keys.rows(run), into: weights.columns(column..<column + run.count),
                accumulating: false, scale: scoreScale, kind: .attentionProduct)
            column += run.count
        }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: block.count) { ends in
            for query in 0..<block.count {
                ends[query] = Int32(block.keyCount - block.count + query + 1)
            }
            if let firstEnd = ends.baseAddress {
                RowReduction.softmax(weights, first: block.span.hiddenKeyCount, ends: firstEnd)
            }
        }
    }

    /// What scores are multiplied with: `1 / √d`.
    var scoreScale: Float { 1 / Float(headSize).squareRoot() }
}
