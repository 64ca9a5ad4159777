package import Kernels
package import ModelFiles

/// Making models: from a checkpoint, or of an official shape with random weights.
package enum ModelLoading {
    /// The model of these sizes with the weights of a checkpoint.
    ///
    /// OPT checkpoints may leave out the leading `model.` of their names. A stored `lm_head.weight` of a model with
    /// tied embeddings and stored rotary frequencies are derived data and are not read.
    ///
    /// - Throws: ``LanguageModelError`` when sizes are unusable, when a tensor is missing, has another shape or is unexpected,
    ///   or when it cannot be read.
    package static func load(
        configuration: ModelConfiguration, weights: any WeightSource, team: ThreadTeam
    ) throws(LanguageModelError) -> any CausalLanguageModel {
        let arena = try emptyArena(configuration)
        let tensors = CheckpointTensors(weights: weights, configuration: configuration)
        let sources = try arena.parameters.map { parameter throws(LanguageModelError) in
            try tensors.source(of: parameter)
        }
        try tensors.checkNothingElse(than: sources)
        for (parameter, source) in zip(arena.parameters, sources) {
            do {
                try weights.read(source, into: arena.elements(of: parameter))
            } catch {
                throw .unreadableTensor(error)
            }
        }
        return try DecoderModel(arena: arena, configuration: configuration, team: team)
    }

    /// The model of these sizes with random weights: matrices N(0, 0.02²), biases 0, norm weights 1.
    ///
    /// Element i of the arena is 0.02 · z(seed, i), so the weights depend on the seed alone.
    /// - Throws: ``LanguageModelError`` when sizes are unusable or memory is refused.
    package static func random(
        configuration: ModelConfiguration, seed: UInt64, team: ThreadTeam
    ) throws(LanguageModelError) -> any CausalLanguageModel {
        let arena = try emptyArena(configuration)
        RandomWeights(seed: seed, team: team).fill(arena)
        return try DecoderModel(arena: arena, configuration: configuration, team: team)
    }

    private static func emptyArena(
        _ configuration: ModelConfiguration
    ) throws(LanguageModelError) -> ParameterArena {
        try configuration.checkSizes()
        let layout =
            switch configuration.family {
            case .opt: OPTParameters.layout(configuration)
            case .llama: LlamaParameters.layout(configuration)
            }
        do {
            return try ParameterArena(layout: layout, layerCount: configuration.layerCount)
        } catch {
            throw .outOfMemory(error)
        }
    }
}
