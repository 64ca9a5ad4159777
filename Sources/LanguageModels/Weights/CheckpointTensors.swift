import ModelFiles

/// Which tensor of a checkpoint is which parameter.
struct CheckpointTensors {
    let weights: any WeightSource
    let configuration: ModelConfiguration

    /// The checkpoint's name of a parameter, its shape checked.
    func source(of parameter: Parameter) throws(LanguageModelError) -> String {
        for name in [parameter.name, Self.withoutPrefix(parameter.name)] {
            guard let shape = weights.shape(of: name) else { continue }
            guard shape == parameter.shape else {
                throw .shapeMismatch(name: name, found: shape, expected: parameter.shape)
            }
            return name
        }
        throw .missingTensor(name: parameter.name, expectedShape: parameter.shape)
    }

    /// The checkpoint has no tensors but those used and those that restate others.
    func checkNothingElse(than sources: [String]) throws(LanguageModelError) {
        let used = Set(sources)
        let unexpected = weights.tensorNames.filter { !used.contains($0) && !isDerived($0) }
        if !unexpected.isEmpty { throw .unexpectedTensors(names: unexpected.sorted()) }
    }

    // Data that follow from other tensors or from the configuration.
    private func isDerived(_ name: String) -> Bool {
        if name == "lm_head.weight" { return configuration.sharesHeadWeights }
        return name.hasSuffix(".rotary_emb.inv_freq")
    }

    private static func withoutPrefix(_ name: String) -> String {
        name.hasPrefix("model.") ? String(name.dropFirst("model.".count)) : name
    }
}

extension ModelConfiguration {
    /// Whether the head multiplies by the token embedding.
    var sharesHeadWeights: Bool { family == .opt || tiesEmbeddings }
}
