import Kernels
import LanguageModels
import ModelFiles
import Testing

@Suite("Adapters against torch")
struct AdapterParityTests {
    @Test("names and shapes are those of peft and of the MeZO code", arguments: try GoldenAdapter.all())
    func layout(golden: GoldenAdapter) throws {
        let arena = try golden.model().tunedParameters
        #expect(arena.parameters.map(\.name) == golden.tensors.map(\.name))
        #expect(arena.parameters.map(\.shape) == golden.tensors.map(\.shape))
    }

    @Test(
        "log-probabilities agree in both layouts", arguments: try GoldenAdapter.all(),
        [BatchLayout.reference, .packed])
    func scores(golden: GoldenAdapter, layout: BatchLayout) throws {
        let values = try golden.model().scoredLogProbabilities(golden.batch.sequences, layout: layout)
        #expect(largestDifference(values, golden.scores) <= ForwardParityTests.tolerance)
    }

    @Test(
        "the gradient of every adapter agrees with torch's autograd", arguments: try GoldenAdapter.all(),
        ActivationRetention.allCases)
    func gradients(golden: GoldenAdapter, retention: ActivationRetention) throws {
        let (gradient, result) = try golden.gradient(retention: retention)
        #expect(abs(Double(result.loss) - golden.loss) <= 1e-5)
        let expected = try golden.values().gradient
        let wholeNorm = norm(expected.map(Double.init))
        #expect(wholeNorm > 0.01)
        var worst = 0.0
        for parameter in gradient.parameters {
            let wanted = expected[parameter.range]
            let found = gradient.elements(of: parameter)
            let difference = norm(zip(found, wanted).map { Double($0) - Double($1) })
            let size = norm(wanted.map(Double.init))
            #expect(
                difference
                    <= GradientParityTests.tolerance * size + GradientParityTests.rounding * wholeNorm,
                "\(parameter.name): \(difference) of \(size)")
            if size > 1e-3 * wholeNorm { worst = max(worst, difference / size) }
        }
        print("adapter gradient parity \(golden.testDescription), \(retention.rawValue): \(worst)")
    }

    @Test("along random directions the gradient is the slope of the loss", arguments: try GoldenAdapter.all())
    func finiteDifferences(golden: GoldenAdapter) throws {
        let model = try golden.model()
        let gradient = try GradientArena(of: model.tunedParameters)
        _ = try model.lossGradient(
            golden.batch.sequences, retention: .kept, into: gradient, loss: golden.batch.scoredLoss)
        try expectSlopes(gradient, of: model, golden: golden.batch, length: 2.5e-4)
    }

    @Test("threads and retention change no bit of a gradient", arguments: try GoldenAdapter.all())
    func sameBits(golden: GoldenAdapter) throws {
        let one = try golden.gradient(threadCount: 1).gradient.bits
        for retention in ActivationRetention.allCases {
            for threadCount in [2, 3] {
                #expect(
                    try golden.gradient(threadCount: threadCount, retention: retention).gradient.bits == one)
            }
        }
    }
}
