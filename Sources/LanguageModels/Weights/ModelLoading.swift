package import Kernels
package import ModelFiles

/// Making models: from a checkpoint, or of an official shape with random weights.
package enum ModelLoading {
    /// The model of these sizes with the weights of a checkpoint.
    ///
    /// OPT checkpoints may leave out the leading `model.` of their names. A stored `lm_head.weight` of a
    /// model with tied embeddings and stored rotary frequencies are derived data and are not read. Numbers that the
    /// storage cannot hold are rounded to nearest.
    ///
    /// - Throws: ``LanguageModelError`` when sizes are unusable, when a tensor is missing, has another shape
    ///   or is unexpected, or when it cannot be read.
    package static func load(
        configuration: ModelConfiguration, weights: any WeightSource, storage: StorageFormat = .float32,
        team: ThreadTeam
    ) throws(LanguageModelError) -> any CausalLanguageModel {
        let arena = try emptyArena(configuration, storage)
        try fill(arena, configuration: configuration, from: weights)
        return try DecoderModel(arena: arena, configuration: configuration, team: team)
    }

    /// Reads the weights of a checkpoint into the parameters of a model of these sizes.
    ///
    /// - Throws: ``LanguageModelError`` when a tensor is missing, has another shape, is unexpected, cannot be read
    ///   or has numbers beyond the range of float16 storage.
    package static func fill(
        _ arena: ParameterArena, configuration: ModelConfiguration, from weights: any WeightSource
    ) throws(LanguageModelError) {
        let tensors = CheckpointTensors(weights: weights, configuration: configuration)
        let sources = try arena.parameters.map { parameter throws(LanguageModelError) in
            try tensors.source(of: parameter)
        }
        try tensors.checkNothingElse(than: sources)
        for (parameter, source) in zip(arena.parameters, sources) {
            do {
                try weights.read(source, into: arena.destination(of: parameter))
            } catch {
                throw .unreadableTensor(error)
            }
            guard arena.isWithinRange(parameter) else {
                throw .tensorBeyondStorage(name: source, storage: arena.format)
            }
        }
    }

    /// The model of these sizes with random weights: matrices N(0, 0.02²), biases 0, norm weights 1.
    ///
    /// Element i of the arena is 0.02 · z(seed, i), rounded to the storage, so the weights depend on the seed alone.
    /// - Throws: ``LanguageModelError`` when sizes are unusable or memory is refused.
    package static func random(
        configuration: ModelConfiguration, seed: UInt64, storage: StorageFormat = .float32, team: ThreadTeam
    ) throws(LanguageModelError) -> any CausalLanguageModel {
        let arena = try emptyArena(configuration, storage)
        fillRandomly(arena, seed: seed, team: team)
        return try DecoderModel(arena: arena, configuration: configuration, team: team)
    }

    /// Writes the random weights of ``random(configuration:seed:storage:team:)`` into the parameters of a model.
    package static func fillRandomly(_ arena: ParameterArena, seed: UInt64, team: ThreadTeam) {
        RandomWeights(seed: seed, team: team).fill(arena)
    }

    private static func emptyArena(
        _ configuration: ModelConfiguration, _ storage: StorageFormat
    ) throws(LanguageModelError) -> ParameterArena {
        try configuration.checkSizes()
        do {
            return try ParameterArena(
                layout: configuration.parameterLayout, layerCount: configuration.layerCount,
                format: storage)
        } catch {
            throw .outOfMemory(error)
        }
    }
}

extension ModelConfiguration {
    /// The parameters of a model of these sizes, in arena order.
    var parameterLayout: [(name: String, shape: [Int], group: ParameterGroup)] {
        switch family {
        case .opt: OPTParameters.layout(self)
        case .llama: LlamaParameters.layout(self)
        }
    }
}
