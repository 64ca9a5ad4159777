import Kernels

/// A LayerNorm with weight and bias.
struct LayerNormLayer {
    let weight: UnsafeMutablePointer<Float>
    let bias: UnsafeMutablePointer<Float>
    let epsilon: Float

    /// The norm of that name, without `.weight` and `.bias`.
    init(_ arena: ParameterArena, _ name: String, epsilon: Float) throws(LanguageModelError) {
        weight = try arena.matrix(name + ".weight").base
        bias = try arena.matrix(name + ".bias").base
        self.epsilon = epsilon
    }

    /// Normalizes each row; `output` may be `input`.
    func apply(to input: MatrixView, into output: MatrixView, team: ThreadTeam) {
        Normalization.layerNorm(
            input, weight: weight, bias: bias, epsilon: epsilon, into: output, team: team)
    }
}
