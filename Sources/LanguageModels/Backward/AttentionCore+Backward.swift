import Kernels

/// Queries, keys and values of a batch, or the gradients of these: one row for each token.
struct AttentionRows {
    let queries: MatrixView
    let keys: MatrixView
    let values: MatrixView
}

/// The backward pass of attention. With P = softmax(Q Kᵀ / √d) and O = P V:
/// `dV = Pᵀ dO`, `dS = P ∘ (dO Vᵀ - rowsum(P ∘ dO Vᵀ)) / √d`, `dQ = dS K`, `dK = dSᵀ Q`.
///
/// P is computed a second time, block by block, so memory stays that of one block. Spans that share keys add to them one
/// after the other; parallel are only spans that share none, and key/value heads.
extension AttentionCore {
    /// Writes the gradients of queries and adds those of keys and values.
    ///
    /// Shapes: as in the forward pass. Spans that share keys stand after the span of these keys, without another
    /// between them.
    func backward(
        _ rows: AttentionRows, contextGradient: MatrixView, gradients: AttentionRows, spans: [AttentionSpan],
        workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let families = Self.families(of: spans)
        let floatsPerWorker =
            Self.queriesPerBlock * (families.joined().map(\.weightStride).max() ?? 0)
        let weights = try workspace.floats(.attentionWeights, count: floatsPerWorker * team.threadCount)
        let slopes = try workspace.floats(.attentionGradient, count: floatsPerWorker * team.threadCount)
        team.forEachChunk(of: families.count * keyValueHeadCount) { chunk, worker in
            let keyHead = chunk % keyValueHeadCount
            let shared = columns(ofHead: keyHead)
            for block in families[chunk / keyValueHeadCount] {
                func scratch(_ base: UnsafeMutablePointer<Float>) -> MatrixView {
                    MatrixView(
                        base: base + worker * floatsPerWorker, rowCount: block.count,
                        columnCount: block.keyCount, rowStride: block.weightStride)
                }
                for head in keyHead * headsPerKey..<(keyHead + 1) * headsPerKey {
                    let own = columns(ofHead: head)
                    backward(
                        block,
                        AttentionRows(
                            queries: rows.queries.rows(block.queryRows).columns(own),
                            keys: rows.keys.columns(shared), values: rows.values.columns(shared)),
                        contextGradient: contextGradient.rows(block.queryRows).columns(own),
                        gradients: AttentionRows(
                            queries: gradients.queries.rows(block.queryRows).columns(own),
                            keys: gradients.keys.columns(shared), values: gradients.values.columns(shared)),
                        weights: scratch(weights), slopes: scratch(slopes))
                }
            }
        }
    }

    /// One head of one block.
    private func backward(
        _ block: Block, _ rows: AttentionRows, contextGradient: MatrixView, gradients: AttentionRows,
        weights: MatrixView, slopes: MatrixView
    ) {
        weigh(block, queries: rows.queries, keys: rows.keys, into: weights)
        forEachRun(of: block) { run, columns in
            MatrixTile.multiply(
                contextGradient, byTransposeOf: rows.values.rows(run), into: slopes.columns(columns),
                accumulating: false, kind: .attentionProduct)
            MatrixTile.multiply(
                transposeOf: weights.columns(columns), by: contextGradient,
                into: gradients.values.rows(run), accumulating: true, kind: .attentionProduct)
        }
        RowReductionGradient.softmax(slopes, weights: weights, scale: scoreScale)
        forEachRun(of: block) { run, columns in
            MatrixTile.multiply(
                slopes.columns(columns), by: rows.keys.rows(run), into: gradients.queries,
                accumulating: columns.lowerBound > 0, kind: .attentionProduct)
            MatrixTile.multiply(
                transposeOf: slopes.columns(columns), by: rows.queries, into: gradients.keys.rows(run),
                accumulating: true, kind: .attentionProduct)
        }
    }

    private func forEachRun(of block: Block, _ body: (_ keys: Range<Int>, _ columns: Range<Int>) -> Void) {
        var column = 0
        for run in block.keyRuns {
            body(run, column..<column + run.count)
            column += run.count
        }
    }

    /// The blocks of spans that write to the same keys, together.
    private static func families(of spans: [AttentionSpan]) -> [[Block]] {
        var families: [[Block]] = []
        for span in spans {
            if span.sharedKeys.isEmpty { families.append([]) }
            precondition(!families.isEmpty)
            families[families.count - 1] += Block.all(of: span)
        }
        return families
    }
}
