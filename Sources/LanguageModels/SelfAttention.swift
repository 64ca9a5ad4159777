import Kernels

/// The attention block of a decoder layer: projections, rotary if the family has it, attention, output.
struct SelfAttention {
    /// Queries, keys and values in one product; their columns in this order.
    let projection: LinearLayer
    /// The output projection.
    let output: LinearLayer
    let core: AttentionCore
    /// Rotation of queries and keys by position; nil where positions are learned.
    let rotary: RotaryEmbedding?

    /// Adds the block's result on `input` to `residual`.
    ///
    /// `input` may be the workspace's normalized rows or the residual itself. With a cache, keys and values
    /// are stored in it and all are read from it.
    func add(
        to residual: MatrixView, input: MatrixView, rows: TokenRows, cache: KeyValueCache?, layer: Int,
        workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let queryWidth = core.headCount * core.headSize
        let keyWidth = core.keyValueHeadCount * core.headSize
        let projected = try workspace.matrix(
            .wide, rows: rows.count, columns: queryWidth + 2 * keyWidth)
        projection.apply(to: input, into: projected, team: team)
        if let rotary {
            // Padding has no position; it is turned as the first token is, and nobody sees it.
            rotary.rotate(
                projected.columns(0..<queryWidth + keyWidth), positions: rows.positions.map { max(0, $0) },
                team: team)
        }
        var keysAndValues = projected.columns(queryWidth..<queryWidth + 2 * keyWidth)
        if let cache, let cacheRows = rows.cacheRows {
            cache.store(keysAndValues, layer: layer, at: cacheRows)
            keysAndValues = cache.layer(layer)
        }
        // The normalized input has been projected, so its rows can take the context.
        let context = try workspace.matrix(.normalized, rows: rows.count, columns: queryWidth)
        try core.apply(
            queries: projected.columns(0..<queryWidth), keys: keysAndValues.columns(0..<keyWidth),
            values: keysAndValues.columns(keyWidth..<2 * keyWidth), spans: rows.spans, into: context,
            workspace: workspace, team: team)
        output.apply(to: context, into: residual, accumulating: true, team: team)
    }
}
