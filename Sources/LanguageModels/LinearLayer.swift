import Kernels

/// A dense layer, `output = input · weightᵀ + bias`, or several that share their input.
struct LinearLayer {
    /// Row-major, [output width, input width].
    let weight: MatrixView
    /// One value for each output, if the layer has biases.
    let bias: UnsafeMutablePointer<Float>?

    /// The layers of the given names, without `.weight` and `.bias`, side by side in the arena.
    init(_ arena: ParameterArena, _ names: String..., hasBias: Bool) throws(LanguageModelError) {
        weight = try arena.joinedMatrix(names.map { $0 + ".weight" })
        bias = hasBias ? try arena.joinedVector(names.map { $0 + ".bias" }) : nil
    }

    /// The width of the output.
    var outputWidth: Int { weight.rowCount }

    /// Projects the rows of `input` into those of `output`, or adds the projection to them.
    func apply(
        to input: MatrixView, into output: MatrixView, accumulating: Bool = false, team: ThreadTeam
    ) {
        MatrixProduct.multiply(
            input, byTransposeOf: weight, into: output, accumulating: accumulating,
            finish: bias.map { .bias($0) } ?? .none, team: team)
    }
}
