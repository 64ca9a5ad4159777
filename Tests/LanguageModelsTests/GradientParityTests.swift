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
/// Left out are the parameters that no loss depends on, which a key's bias is: it adds the same to all scores of a query.
///
/// - Parameter length: How far to both sides for a parameter with 3% of the whole gradient or more; shorter where the loss
///   is more curved. With less it is longer, so that the loss changes as much.
func expectSlopes(
    _ gradient: GradientArena, of model: any CausalLanguageModel, golden: GoldenGradient,
    length: Double = 2e-3
) throws {
    func loss() throws -> Double {
        let scores = try model.scoredLogProbabilities(golden.sequences, layout: .packed)
        return Double(golden.scoredLoss(scores).value)
    }
    let wholeNorm = norm(gradient.values.map(Double.init))
    var leftOut: [String] = []
    for parameter in gradient.parameters {
        let slopes = gradient.elements(of: parameter)
        let size = norm(slopes.map(Double.init))
        guard size > 1e-3 * wholeNorm else {
            leftOut.append(parameter.name)
            continue
        }
        let length = length * max(1, 0.03 * wholeNorm / size)
        // Along the gradient itself, disturbed, so that the slope is far above the rounding of a loss.
        let stream = NoiseStream(seed: 3, distribution: .gaussian)
        let direction = slopes.enumerated().map { index, slope in
            Double(slope) / size
                + 0.5 * Double(stream.value(at: UInt64(index))) / Double(slopes.count).squareRoot()
        }
        let elements = model.tunedParameters.elements(of: parameter)
        let start = Array(elements)
        var largestLoss = 0.0
        func slope(over length: Double) throws -> Double {
            let sides = try [length, -length].map { length in
                for index in start.indices {
                    elements[index] = start[index] + Float(length * direction[index])
                }
                return try loss()
            }
            largestLoss = sides.reduce(largestLoss) { max($0, abs($1)) }
            return (sides[0] - sides[1]) / (2 * length)
        }
        // Richardson's extrapolation takes out what the third derivative adds.
        let found = try (4 * slope(over: length / 2) - slope(over: length)) / 3
        _ = elements.update(from: start)
        let expected = zip(direction, slopes).reduce(0) { $0 + $1.0 * Double($1.1) }
        // A loss is a float32; each of four is rounded by half a unit in the last place or a few. Kinks of ReLU between
        // the four points cost up to 2% more.
        let rounding = 8 * Double(Float.ulpOfOne) * largestLoss / length
        #expect(
            abs(found - expected) <= 0.03 * abs(expected) + rounding,
            "\(parameter.name): \(found), not \(expected), at \(size / wholeNorm) of the gradient")
        #expect(rounding < 0.25 * abs(expected), "\(parameter.name): \(rounding) of \(expected)")
    }
    #expect(leftOut.allSatisfy { $0.hasSuffix("k_proj.bias") }, "\(leftOut)")
    #expect(leftOut.count < gradient.parameters.count)
}
