import Kernels
package import ModelFiles

/// A decoder with its head: every model of this room.
package final class DecoderModel: CausalLanguageModel {
    package let parameters: ParameterArena
    package let configuration: ModelConfiguration
    let decoder: any Decoder
    let head: VocabularyHead
    let workspace = ActivationWorkspace()

    /// The model whose parameters are in `arena`, laid out for `configuration`.
    init(
        arena: ParameterArena, configuration: ModelConfiguration, team: ThreadTeam
    ) throws(LanguageModelError) {
        parameters = arena
        self.configuration = configuration
        let headName: String
        switch configuration.family {
        case .opt:
            decoder = try OPTDecoder(arena, configuration: configuration, team: team)
            headName = "model.decoder.embed_tokens.weight"
        case .llama:
            decoder = try LlamaDecoder(arena, configuration: configuration, team: team)
            headName =
                configuration.tiesEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight"
        }
        head = VocabularyHead(weight: try arena.matrix(headName), team: team)
    }

    /// The bytes of activations that the model holds between calls.
    package var workspaceBytes: Int { workspace.bytes }

    package func scoredLogProbabilities(
        _ sequences: [ScoredSequence], layout: BatchLayout
    ) throws -> [[Float]] {
        guard !sequences.isEmpty else { return [] }
        try TokenChecks(configuration: configuration).check(sequences)
        let batch = PaddedBatch(sequences.map(\.tokens), roundingTo: 8)
        let residual = try decoder.run(batch.rows, workspace: workspace)
        switch layout {
        case .reference:
            return try scoreEveryRow(residual, batch: batch, sequences: sequences)
        case .packed:
            return try scoreNeededRows(residual, batch: batch, sequences: sequences)
        }
    }

    /// The natural-log probability of every token of the vocabulary after each token of each sequence.
    ///
    /// For inspection and tests: the result has tokens times vocabulary values.
    /// - Throws: ``LanguageModelError`` when a sequence is empty, too long, or has a token out of range.
    package func nextTokenLogProbabilities(
        _ sequences: [[Int32]]
    ) throws(LanguageModelError) -> [[[Float]]] {
        guard !sequences.isEmpty else { return [] }
        try TokenChecks(configuration: configuration).check(sequences)
        let batch = PaddedBatch(sequences, roundingTo: 8)
        let residual = try decoder.run(batch.rows, workspace: workspace)
        let rows = try head.logProbabilityRows(
            after: try decoder.finish(residual, workspace: workspace), workspace: workspace)
        return sequences.enumerated().map { index, sequence in
            sequence.indices.map { rows[batch.row(ofToken: $0, inSequence: index)] }
        }
    }

    // The head at every row, padding included; the values that are not asked for are dropped.
    private func scoreEveryRow(
        _ residual: MatrixView, batch: PaddedBatch, sequences: [ScoredSequence]
    ) throws(LanguageModelError) -> [[Float]] {
        let targets = Array(batch.rows.tokens.dropFirst()) + [0]
        let values = try head.logProbabilities(
            of: targets, after: try decoder.finish(residual, workspace: workspace),
            workspace: workspace)
        return sequences.enumerated().map { index, sequence in
            sequence.scoredTokens.map { values[batch.row(ofToken: $0 - 1, inSequence: index)] }
        }
    }

    // The rows before scored tokens are brought together, and the rest of the model sees only them.
    private func scoreNeededRows(
        _ residual: MatrixView, batch: PaddedBatch, sequences: [ScoredSequence]
    ) throws(LanguageModelError) -> [[Float]] {
        var neededRows: [Int32] = []
        var targets: [Int32] = []
        for (index, sequence) in sequences.enumerated() {
            for token in sequence.scoredTokens {
                neededRows.append(Int32(batch.row(ofToken: token - 1, inSequence: index)))
                targets.append(sequence.tokens[token])
            }
        }
        let rows = try gather(neededRows, of: residual)
        let values = try head.logProbabilities(
            of: targets, after: try decoder.finish(rows, workspace: workspace), workspace: workspace)
        var offset = 0
        return sequences.map { sequence in
            defer { offset += sequence.scoredCount }
            return Array(values[offset..<offset + sequence.scoredCount])
        }
    }

    /// Some rows of the residual stream, side by side in the workspace.
    func gather(_ rows: [Int32], of residual: MatrixView) throws(LanguageModelError) -> MatrixView {
        let gathered = try workspace.matrix(
            .headRows, rows: rows.count, columns: residual.columnCount)
        RowGathering.gather(rows, from: residual, into: gathered, team: head.team)
        return gathered
    }
}

extension ScoredSequence {
    /// The indices of the scored tokens.
    var scoredTokens: Range<Int> { tokens.count - scoredCount..<tokens.count }
}
