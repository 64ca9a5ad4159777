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

    private static let queriesPerBlock = 64

    // A block of queries of one span: query rows from `first`, `count` of them.
    private struct Block {
        let span: AttentionSpan
        let first: Int
        let count: Int

        // Own keys up to the one at which the block's last query stands.
        var ownKeyCount: Int { span.keyCount - span.queryCount + first + count }
        // Those and the shared ones before them.
        var keyCount: Int { span.sharedKeys.count + ownKeyCount }
        // Key rows in the order of their positions.
        var keyRuns: [Range<Int>] {
            let own = span.firstKeyRow..<span.firstKeyRow + ownKeyCount
            return span.sharedKeys.isEmpty ? [own] : [span.sharedKeys, own]
        }
    }

    /// Writes each query row's context; a row that sees nothing gets zeros.
    ///
    /// Shapes: queries and context [T, heads · headSize], keys and values [K, key/value heads · headSize].
    func apply(
        queries: MatrixView, keys: MatrixView, values: MatrixView, spans: [AttentionSpan],
        into context: MatrixView, workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let blocks = spans.flatMap { span in
            stride(from: 0, to: span.queryCount, by: Self.queriesPerBlock).map { first in
                Block(
                    span: span, first: first, count: min(Self.queriesPerBlock, span.queryCount - first))
            }
        }
        let widestRow = ((blocks.map(\.keyCount).max() ?? 0) + 15) / 16 * 16
        let floatsPerWorker = Self.queriesPerBlock * widestRow
        let scratch = try workspace.floats(
            .attentionWeights, count: floatsPerWorker * team.threadCount)
        team.forEachChunk(of: blocks.count * headCount) { chunk, worker in
            let block = blocks[chunk / headCount]
            let head = chunk % headCount
            let keyHead = head / (headCount / keyValueHeadCount)
            let own = head * headSize..<(head + 1) * headSize
            let shared = keyHead * headSize..<(keyHead + 1) * headSize
            let queryRows = block.span.firstQueryRow + block.first
            attend(
                block,
                queries: queries.rows(queryRows..<queryRows + block.count).columns(own),
                keys: keys.columns(shared), values: values.columns(shared),
                weights: MatrixView(
                    base: scratch + worker * floatsPerWorker, rowCount: block.count,
                    columnCount: block.keyCount, rowStride: (block.keyCount + 15) / 16 * 16),
                context: context.rows(queryRows..<queryRows + block.count).columns(own))
        }
    }

    private func attend(
        _ block: Block, queries: MatrixView, keys: MatrixView, values: MatrixView, weights: MatrixView,
        context: MatrixView
    ) {
        var column = 0
        for run in block.keyRuns {
            MatrixTile.multiply(
                queries, byTransposeOf: keys.rows(run), into: weights.columns(column..<column + run.count),
                accumulating: false, scale: 1 / Float(headSize).squareRoot(), kind: .attentionProduct)
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
        column = 0
        for run in block.keyRuns {
            MatrixTile.multiply(
                weights.columns(column..<column + run.count), by: values.rows(run), into: context,
                accumulating: column > 0, kind: .attentionProduct)
            column += run.count
        }
    }
}
