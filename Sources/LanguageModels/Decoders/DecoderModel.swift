import Kernels
package import ModelFiles

/// A decoder with its head: every model of this room.
package final class DecoderModel: CausalLanguageModel {
    package let parameters: ParameterArena
    package let configuration: ModelConfiguration
    let decoder: any DifferentiableDecoder
    let head: VocabularyHead
    package let headWeight: Parameter
    let workspace = ActivationWorkspace()
    let tape = ActivationTape()
    let team: ThreadTeam
    package internal(set) var adapters: Adapters?

    /// The model whose parameters are in `arena`, laid out for `configuration`.
    init(
        arena: ParameterArena, configuration: ModelConfiguration, team: ThreadTeam
    ) throws(LanguageModelError) {
        parameters = arena
        self.configuration = configuration
        self.team = team
        let headName: String
        switch configuration.family {
        case .opt:
            decoder = try OPTDecoder(arena, configuration: configuration)
            headName = "model.decoder.embed_tokens.weight"
        case .llama:
            decoder = try LlamaDecoder(arena, configuration: configuration)
            headName =
                configuration.tiesEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight"
        }
        let matrix = try arena.matrix(headName)
        guard let parameter = arena.parameter(named: headName) else {
            throw .missingTensor(name: headName, expectedShape: [matrix.rowCount, matrix.columnCount])
        }
        head = VocabularyHead(weight: matrix)
        headWeight = parameter
    }

    /// The bytes of activations that the model holds between calls.
    package var workspaceBytes: Int { workspace.bytes }

    /// A pass with the parameters as they stand.
    func makePass() throws(LanguageModelError) -> ForwardPass {
        try ForwardPass(arena: parameters, adapters: adapters, workspace: workspace, team: team)
    }

    package func scoredLogProbabilities(
        _ sequences: [ScoredSequence], layout: BatchLayout
    ) throws -> [[Float]] {
        guard !sequences.isEmpty else { return [] }
        try TokenChecks(configuration: configuration).check(sequences)
        switch layout {
        case .reference:
            return try scorePadded(sequences, pass: makePass())
        case .packed:
            return sequences.split(try scorePacked(PackedBatch(sequences), pass: makePass())[0])
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
        let pass = try makePass()
        let residual = try decoder.run(batch.rows, pass: pass)
        let rows = try head.logProbabilityRows(
            after: try decoder.finish(residual, pass: pass), pass: pass)
        return sequences.enumerated().map { index, sequence in
            sequence.indices.map { rows[batch.row(ofToken: $0, inSequence: index)] }
        }
    }

    // The head at every row, padding included.
    private func scorePadded(
        _ sequences: [ScoredSequence], pass: ForwardPass
    ) throws(LanguageModelError) -> [[Float]] {
        let batch = PaddedBatch(sequences.map(\.tokens), roundingTo: 8)
        let targets = sequences.enumerated().flatMap { index, sequence in
            sequence.scoredTokens.map {
                PackedBatch.Target(
                    row: Int32(batch.row(ofToken: $0 - 1, inSequence: index)), token: sequence.tokens[$0])
            }
        }
        let residual = try decoder.run(batch.rows, pass: pass)
        let values = try head.logProbabilities(
            of: targets, after: try decoder.finish(residual, pass: pass), pass: pass)
        return sequences.split(values[0])
    }
}

extension ScoredSequence {
    /// The indices of the scored tokens.
    var scoredTokens: Range<Int> { tokens.count - scoredCount..<tokens.count }
}

extension [ScoredSequence] {
    /// The values of all scored tokens, cut into those of each sequence.
    func split(_ values: [Float]) -> [[Float]] {
        var rest = values[...]
        return map { sequence in
            defer { rest = rest.dropFirst(sequence.scoredCount) }
            return [Float](rest.prefix(sequence.scoredCount))
        }
    }
}
