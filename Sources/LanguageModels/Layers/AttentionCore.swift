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

    /// The columns of a query head.
    func columns(ofHead head: Int) -> Range<Int> { head * headSize..<(head + 1) * headSize }

    /// How many query heads share a key/value head.
    var headsPerKey: Int { headCount / keyValueHeadCount }

    /// Writes each query row's context; a row that sees nothing gets zeros.
    ///
    /// Shapes: queries and context [T, heads · headSize], keys and values [K, key/value heads · headSize]. With a
    /// prefix the query rows are those of as many streams as it has.
    func apply(
        _ rows: AttentionRows, prefix: AttentionPrefix? = nil, spans: [AttentionSpan],
        into context: MatrixView, workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let blocks = AttentionBlock.all(
            of: spans, prefixCount: prefix?.count ?? 0,
            rowsPerStream: context.rowCount / (prefix?.keys.count ?? 1))
        let floatsPerWorker = AttentionBlock.floats(blocks)
        let scratch = try workspace.floats(
            .attentionWeights, count: floatsPerWorker * team.threadCount)
        team.forEachChunk(of: blocks.count * headCount) { chunk, worker in
            let block = blocks[chunk / headCount]
            let head = chunk % headCount
            let own = columns(ofHead: head)
            let shared = columns(ofHead: head / headsPerKey)
            attend(
                block, rows.block(block, queryColumns: own, keyColumns: shared),
                prefix: prefix?.columns(shared),
                weights: MatrixView(
                    base: scratch + worker * floatsPerWorker, rowCount: block.count,
                    columnCount: block.keyCount, rowStride: block.weightStride),
                context: context.rows(block.queryRows).columns(own))
        }
    }

    private func attend(
        _ block: AttentionBlock, _ rows: AttentionRows, prefix: AttentionPrefix?, weights: MatrixView,
        context: MatrixView
    ) {
        weigh(block, rows, prefix: prefix, into: weights)
        block.forEachRun(of: rows.values, prefix: prefix?.values) { values, columns in
            MatrixTile.multiply(
                weights.columns(columns), by: values, into: context,
                accumulating: columns.lowerBound > 0, kind: .attentionProduct)
        }
    }

    /// One head's attention weights of a block: softmax of scaled scores, one column for each key of its runs.
    func weigh(
        _ block: AttentionBlock, _ rows: AttentionRows, prefix: AttentionPrefix?, into weights: MatrixView
    ) {
        block.forEachRun(of: rows.keys, prefix: prefix?.keys) { keys, columns in
            MatrixTile.multiply(
                rows.queries, byTransposeOf: keys, into: weights.columns(columns), accumulating: false,
                scale: scoreScale, kind: .attentionProduct)
        }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: block.count) { ends in
            for query in 0..<block.count { ends[query] = Int32(block.end(ofQuery: query)) }
            if let firstEnd = ends.baseAddress {
                RowReduction.softmax(weights, first: block.firstSeen, ends: firstEnd)
            }
        }
    }

    /// What scores are multiplied with: `1 / √d`.
    var scoreScale: Float { 1 / Float(headSize).squareRoot() }
}

/// Queries, keys and values of a batch, or the gradients of these: one row for each token.
struct AttentionRows {
    let queries: MatrixView
    let keys: MatrixView
    let values: MatrixView

    /// One head of one block: its own query rows, all key and value rows.
    func block(
        _ block: AttentionBlock, queryColumns: Range<Int>, keyColumns: Range<Int>
    ) -> AttentionRows {
        AttentionRows(
            queries: queries.rows(block.queryRows).columns(queryColumns), keys: keys.columns(keyColumns),
            values: values.columns(keyColumns))
    }
}
