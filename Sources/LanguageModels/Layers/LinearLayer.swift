import Kernels

/// A dense layer, `output = input · weightᵀ + bias`, or several that share their input.
struct LinearLayer {
    /// Row-major, [output width, input width].
    let weight: WeightMatrix
    /// One value for each output, if the layer has biases.
    let bias: WeightVector?

    /// The layers of the given names, without `.weight` and `.bias`, side by side in the arena.
    init(_ arena: ParameterArena, _ names: String..., hasBias: Bool) throws(LanguageModelError) {
        weight = try arena.joinedMatrix(names.map { $0 + ".weight" })
        bias = hasBias ? try arena.joinedVector(names.map { $0 + ".bias" }) : nil
    }

    private init(weight: WeightMatrix, bias: WeightVector?) {
        self.weight = weight
        self.bias = bias
    }

    /// The width of the output.
    var outputWidth: Int { weight.rowCount }

    /// The layer that gives only some of the outputs.
    func outputs(_ range: Range<Int>) -> LinearLayer {
        LinearLayer(weight: weight.rows(range), bias: bias?.elements(range))
    }

    /// Projects the rows of `input` into those of `output`, or adds the projection to them.
    ///
    /// Shapes: input [T, input width], output [T, output width]; with `clampsNegatives` negative results become 0.
    func apply(
        to input: MatrixView, into output: MatrixView, accumulating: Bool = false,
        clampsNegatives: Bool = false,
        pass: ForwardPass
    ) throws(LanguageModelError) {
        let biases = bias.map { pass.values(of: $0) } ?? []
        guard pass.needsPreparation(weight.range) else {
            let matrix = MatrixView(
                base: pass.arena.base + weight.offset, rowCount: weight.rowCount,
                columnCount: weight.columnCount)
            Self.forEachVariant(biases) { variant, count, bias in
                MatrixProduct.multiply(
                    pass.rows(input, ofVariant: variant, among: count), byTransposeOf: matrix,
                    into: pass.rows(output, ofVariant: variant, among: count), accumulating: accumulating,
                    finish: Self.finish(bias, clampsNegatives), team: pass.team)
            }
            return
        }
        try pass.forEachTile(of: weight, rowCount: input.rowCount) { tile, _ in
            let columns = output.columns(tile.columns)
            for (variant, weights) in tile.variants.enumerated() {
                MatrixProduct.multiplyHere(
                    pass.rows(input, ofVariant: variant, among: tile.variants.count), byTransposeOf: weights,
                    into: pass.rows(columns, ofVariant: variant, among: tile.variants.count),
                    accumulating: accumulating)
            }
            Self.forEachVariant(biases) { variant, count, bias in
                MatrixProduct.finish(
                    pass.rows(columns, ofVariant: variant, among: count), Self.finish(bias, clampsNegatives),
                    firstColumn: tile.columns.lowerBound)
            }
        }
    }

    private static func finish(_ bias: UnsafePointer<Float>?, _ clampsNegatives: Bool) -> ProductFinish {
        guard let bias else { return .none }
        return clampsNegatives ? .biasThenReLU(bias) : .bias(bias)
    }

    // Once without a bias where there is none.
    private static func forEachVariant(
        _ biases: [[Float]], _ body: (_ variant: Int, _ count: Int, _ bias: UnsafePointer<Float>?) -> Void
    ) {
        guard !biases.isEmpty else { return body(0, 1, nil) }
        for (variant, bias) in biases.enumerated() {
            bias.withUnsafeBufferPointer { body(variant, biases.count, $0.baseAddress) }
        }
    }
}
