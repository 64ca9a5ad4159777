import Kernels

/// An RMSNorm with weight.
struct RootMeanSquareNormLayer {
    let weight: WeightVector
    let epsilon: Float

    /// The norm of that name, without `.weight`.
    init(_ arena: ParameterArena, _ name: String, epsilon: Float) throws(LanguageModelError) {
        weight = try arena.vector(name + ".weight")
        self.epsilon = epsilon
    }

    /// Normalizes each row; `output` may be `input`.
    func apply(to input: MatrixView, into output: MatrixView, pass: ForwardPass) {
        let weights = pass.values(of: weight)
        for (variant, weight) in weights.enumerated() {
            Normalization.rootMeanSquareNorm(
                pass.rows(input, ofVariant: variant, among: weights.count), weight: weight, epsilon: epsilon,
                into: pass.rows(output, ofVariant: variant, among: weights.count), team: pass.team)
        }
    }
}
