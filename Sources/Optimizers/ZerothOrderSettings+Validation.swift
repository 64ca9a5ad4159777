extension ZerothOrderSettings {
    /// Checks every setting for a model with that many decoder layers.
    ///
    /// - Throws: ``OptimizerError/invalidSetting(name:value:requirement:)`` for the first one out of range.
    package func validate(layerCount: Int) throws(OptimizerError) {
        try require(
            learningRate.isFinite && learningRate >= 0, "learning rate", learningRate,
            "a finite number of at least 0")
        // Both ε and 2ε must survive as float32.
        let scale = Float(perturbationScale)
        try require(
            scale.isNormal && scale > 0 && (2 * scale).isFinite, "perturbation scale", perturbationScale,
            "a positive number within the range of float32")
        try require(
            (0...max(0, layerCount)).contains(droppedLayerCount), "dropped layers", droppedLayerCount,
            "from 0 to the model's \(layerCount) decoder layers")
        try require(
            tuned != .head, "tuned parameters", tuned.name,
            "something else: the head alone is tuned by gradients")
    }

    private func require(
        _ isValid: Bool, _ name: String, _ value: some CustomStringConvertible, _ requirement: String
    ) throws(OptimizerError) {
        guard !isValid else { return }
        throw .invalidSetting(name: name, value: value.description, requirement: requirement)
    }
}
