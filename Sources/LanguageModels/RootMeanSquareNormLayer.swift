import Kernels

/// An RMSNorm with weight.
struct RootMeanSquareNormLayer {
    let weight: UnsafeMutablePointer<Float>
    let epsilon: Float

    /// The norm of that name, without `.weight`.
    init(_ arena: ParameterArena, _ name: String, epsilon: Float) throws(LanguageModelError) {
        weight = try arena.matrix(name + ".weight").base
        self.epsilon = epsilon
    }

    /// Normalizes each row; `output` may be `input`.
    func apply(to input: MatrixView, into output: MatrixView, team: ThreadTeam) {
        Normalization.rootMeanSquareNorm(
            input, weight: weight, epsilon: epsilon, into: output, team: team)
    }
}
