import Kernels

/// A LayerNorm with weight and bias.
struct LayerNormLayer {
    let weight: WeightVector
    let bias: WeightVector
    let epsilon: Float

    /// The norm of that name, without `.weight` and `.bias`.
    init(_ arena: ParameterArena, _ name: String, epsilon: Float) throws(LanguageModelError) {
        weight = try arena.vector(name + ".weight")
        bias = try arena.vector(name + ".bias")
        self.epsilon = epsilon
    }

    /// Normalizes each row; `output` may be `input`.
    func apply(to input: MatrixView, into output: MatrixView, pass: ForwardPass) {
        let weights = pass.values(of: weight)
        let biases = pass.values(of: bias)
        for (variant, (weight, bias)) in zip(weights, biases).enumerated() {
            Normalization.layerNorm(
                pass.rows(input, ofVariant: variant, among: weights.count), weight: weight, bias: bias,
                epsilon: epsilon, into: pass.rows(output, ofVariant: variant, among: weights.count),
                team: pass.team)
        }
    }
}
