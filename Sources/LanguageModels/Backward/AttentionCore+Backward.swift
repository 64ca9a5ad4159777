import Kernels

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
    ///
    /// - Parameters:
    ///   - prefix: What the forward pass saw, one stream of it.
    ///   - prefixGradients: Where the gradients of the prefix are added.
    func backward(
        _ rows: AttentionRows, prefix: AttentionPrefix?, contextGradient: MatrixView,
        gradients: AttentionRows, prefixGradients: AttentionPrefix?, spans: [AttentionSpan],
        workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let blocks = AttentionBlock.all(
            of: spans, prefixCount: prefix?.count ?? 0, rowsPerStream: contextGradient.rowCount)
        // A prefix is shared by all.
        let families = prefix == nil ? Self.families(of: blocks) : [blocks]
        let floatsPerWorker = AttentionBlock.floats(blocks)
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
                        block, rows.block(block, queryColumns: own, keyColumns: shared),
                        prefix: prefix?.columns(shared),
                        contextGradient: contextGradient.rows(block.queryRows).columns(own),
                        gradients: gradients.block(block, queryColumns: own, keyColumns: shared),
                        prefixGradients: prefixGradients?.columns(shared), weights: scratch(weights),
                        slopes: scratch(slopes))
                }
            }
        }
    }

    /// One head of one block.
    private func backward(
        _ block: AttentionBlock, _ rows: AttentionRows, prefix: AttentionPrefix?,
        contextGradient: MatrixView, gradients: AttentionRows, prefixGradients: AttentionPrefix?,
        weights: MatrixView, slopes: MatrixView
    ) {
        weigh(block, rows, prefix: prefix, into: weights)
        block.forEachRun(of: rows.values, prefix: prefix?.values) { values, columns in
            MatrixTile.multiply(
                contextGradient, byTransposeOf: values, into: slopes.columns(columns), accumulating: false,
                kind: .attentionProduct)
        }
        block.forEachRun(of: gradients.values, prefix: prefixGradients?.values) { gradient, columns in
            MatrixTile.multiply(
                transposeOf: weights.columns(columns), by: contextGradient, into: gradient,
                accumulating: true, kind: .attentionProduct)
        }
        RowReductionGradient.softmax(slopes, weights: weights, scale: scoreScale)
        block.forEachRun(of: rows.keys, prefix: prefix?.keys) { keys, columns in
            MatrixTile.multiply(
                slopes.columns(columns), by: keys, into: gradients.queries,
                accumulating: columns.lowerBound > 0, kind: .attentionProduct)
        }
        block.forEachRun(of: gradients.keys, prefix: prefixGradients?.keys) { gradient, columns in
            MatrixTile.multiply(
                transposeOf: slopes.columns(columns), by: rows.queries, into: gradient, accumulating: true,
                kind: .attentionProduct)
        }
    }

    /// The blocks that write to the same keys, together.
    private static func families(of blocks: [AttentionBlock]) -> [[AttentionBlock]] {
        var families: [[AttentionBlock]] = []
        for block in blocks {
            if block.first == 0, block.span.sharedKeys.isEmpty { families.append([]) }
            precondition(!families.isEmpty)
            families[families.count - 1].append(block)
        }
        return families
    }
}
