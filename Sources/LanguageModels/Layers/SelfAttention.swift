import Kernels

/// The attention block of a decoder layer: projections, rotary if the family has it, attention, output.
struct SelfAttention {
    /// The decoder layer that it is part of; adapters are found by it.
    let layer: Int
    /// Queries, keys and values in one product; their columns in this order.
    let projection: LinearLayer
    /// The output projection.
    let output: LinearLayer
    let core: AttentionCore
    /// Rotation of queries and keys by position; nil where positions are learned.
    let rotary: RotaryEmbedding?

    var queryWidth: Int { core.headCount * core.headSize }
    var keyWidth: Int { core.keyValueHeadCount * core.headSize }

    /// Adds the block's result on `input` to `residual`.
    ///
    /// `input` may be the workspace's normalized rows or the residual itself. With a cache, keys and values
    /// are stored in it and all are read from it.
    func add(
        to residual: MatrixView, input: MatrixView, rows: TokenRows, cache: KeyValueCache?, pass: ForwardPass
    ) throws(LanguageModelError) {
        let projected = try pass.workspace.matrix(
            .wide, rows: rows.count, columns: queryWidth + 2 * keyWidth)
        try project(input, outputs: 0..<queryWidth + 2 * keyWidth, into: projected, pass: pass)
        rotate(projected.columns(0..<queryWidth + keyWidth), positions: rows.positions, pass: pass)
        var keysAndValues = projected.columns(queryWidth..<queryWidth + 2 * keyWidth)
        if let cache, let cacheRows = rows.cacheRows {
            cache.store(keysAndValues, layer: layer, at: cacheRows)
            keysAndValues = cache.layer(layer)
        }
        try attend(
            queries: projected.columns(0..<queryWidth), keysAndValues: keysAndValues, spans: rows.spans,
            residual: residual, pass: pass)
    }

    /// The same for a few query rows: keys and values of all rows, queries of those that are kept.
    ///
    /// - Parameters:
    ///   - residual: The kept rows of the residual stream.
    ///   - input: All rows; may be the workspace's normalized rows.
    ///   - kept: Which rows of `input` are kept.
    func add(
        toKept residual: MatrixView, input: MatrixView, rows: TokenRows, kept: KeptRows, pass: ForwardPass
    ) throws(LanguageModelError) {
        let projected = try pass.workspace.matrix(.wide, rows: rows.count, columns: 2 * keyWidth)
        try project(input, outputs: queryWidth..<queryWidth + 2 * keyWidth, into: projected, pass: pass)
        rotate(projected.columns(0..<keyWidth), positions: rows.positions, pass: pass)
        let keptInput = try pass.workspace.matrix(
            .keptInput, rows: kept.rows.count, columns: input.columnCount)
        RowGathering.gather(kept.rows, from: input, into: keptInput, team: pass.team)
        let queries = try pass.workspace.matrix(
            .keptQueries, rows: kept.rows.count, columns: queryWidth)
        try project(keptInput, outputs: 0..<queryWidth, into: queries, pass: pass)
        rotate(queries, positions: kept.rows.map { rows.positions[Int($0)] }, pass: pass)
        try attend(
            queries: queries, keysAndValues: projected, spans: kept.spans, residual: residual, pass: pass)
    }

    /// Some outputs of the joined projection, with what adapters add to them.
    func project(
        _ input: MatrixView, outputs: Range<Int>, into projected: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        try projection.outputs(outputs).apply(to: input, into: projected, pass: pass)
        try pass.addLowRank(layer: layer, outputs: outputs, input: input, to: projected)
    }

    func rotate(_ heads: MatrixView, positions: [Int32], pass: ForwardPass) {
        // Padding has no position; it is turned as the first token is, and nobody sees it.
        rotary?.rotate(heads, positions: positions.map { max(0, $0) }, team: pass.team)
    }

    private func attend(
        queries: MatrixView, keysAndValues: MatrixView, spans: [AttentionSpan], residual: MatrixView,
        pass: ForwardPass
    ) throws(LanguageModelError) {
        // The normalized input has been projected, so its rows can take the context.
        let context = try pass.workspace.matrix(
            .normalized, rows: queries.rowCount, columns: queryWidth)
        try core.apply(
            AttentionRows(
                queries: queries, keys: keysAndValues.columns(0..<keyWidth),
                values: keysAndValues.columns(keyWidth..<2 * keyWidth)),
            prefix: pass.prefix(layer: layer), spans: spans, into: context, workspace: pass.workspace,
            team: pass.team)
        try output.apply(to: context, into: residual, accumulating: true, pass: pass)
    }
}
