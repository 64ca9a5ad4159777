import Glibc
import Kernels
import LanguageModels
import ModelFiles
import RandomStreams
import Testing

@Suite("Gradients against torch")
struct GradientParityTests {
    /// The relative error asked of every parameter: norm of the difference over norm of the gradient.
    static let tolerance = 1e-4
    /// Gradients that are 0 but for rounding, such as that of a key's bias, are compared with this share of the norm of
    /// the whole gradient.
    static let rounding = 1e-6

    @Test(
        "the gradient of every parameter agrees with torch's autograd", arguments: try GoldenGradient.all(),
        ActivationRetention.allCases)
    func autograd(golden: GoldenGradient, retention: ActivationRetention) throws {
        let (gradient, result) = try golden.computed(retention: retention)
        #expect(abs(Double(result.loss) - golden.loss) <= 1e-5)
        let expected = try golden.expected()
        let wholeNorm = norm(expected.values.joined().map(Double.init))
        #expect(gradient.parameters.count == expected.count && wholeNorm > 0.1)
        var worst = 0.0
        for parameter in gradient.parameters {
            let wanted = try #require(expected[parameter.name])
            let found = gradient.elements(of: parameter)
            #expect(found.count == wanted.count)
            let difference = norm(zip(found, wanted).map { Double($0) - Double($1) })
            let size = norm(wanted.map(Double.init))
            #expect(
                difference <= Self.tolerance * size + Self.rounding * wholeNorm,
                "\(parameter.name): \(difference) of \(size)")
            if size > 1e-3 * wholeNorm { worst = max(worst, difference / size) }
        }
        print("gradient parity \(golden.testDescription), \(retention.rawValue): \(worst)")
    }

    @Test(
        "along random directions the gradient is the slope of the loss", arguments: try GoldenGradient.all())
    func finiteDifferences(golden: GoldenGradient) throws {
        let model = try golden.model.model()
        let gradient = try GradientArena(of: model.parameters)
        _ = try model.lossGradient(
            golden.sequences, retention: .kept, into: gradient, loss: golden.scoredLoss)
        try expectSlopes(gradient, of: model, golden: golden)
    }
}

/// The root of the sum of squares.
func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

/// Expects that the loss of a batch rises along each parameter's gradient as the gradient says.
///
/// - Parameter length: How far to both sides; shorter where the loss is more curved.
func expectSlopes(
    _ gradient: GradientArena, of model: any CausalLanguageModel, golden: GoldenGradient,
    length: Double = 2e-3
) throws {
    func loss() throws -> Double {
        let scores = try model.scoredLogProbabilities(golden.sequences, layout: .packed)
        return Double(golden.scoredLoss(scores).value)
    }
    let wholeNorm = norm(gradient.values.map(Double.init))
    var checkedCount = 0
    for parameter in gradient.parameters {
        let slopes = gradient.elements(of: parameter)
        let size = norm(slopes.map(Double.init))
        guard size > 0.03 * wholeNorm else { continue }
        checkedCount += 1
        // Along the gradient itself, disturbed, so that the slope is far above the rounding of a loss.
        let stream = NoiseStream(seed: 3, distribution: .gaussian)
        let direction = slopes.enumerated().map { index, slope in
            Double(slope) / size
                + 0.5 * Double(stream.value(at: UInt64(index))) / Double(slopes.count).squareRoot()
        }
        let elements = model.tunedParameters.elements(of: parameter)
        let start = Array(elements)
        let sides = try [length, -length].map { length in
            for index in start.indices {
                elements[index] = start[index] + Float(length * direction[index])
            }
            return try loss()
        }
        _ = elements.update(from: start)
        let slope = (sides[0] - sides[1]) / (2 * length)
        let expected = zip(direction, slopes).reduce(0) { $0 + $1.0 * Double($1.1) }
        #expect(abs(slope - expected) <= 0.02 * abs(expected), "\(parameter.name)")
    }
    #expect(checkedCount > 0)
}
