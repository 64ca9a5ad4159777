import Foundation
import LanguageModels
import Testing

/// The gradient of the head alone, against torch with the decoder under `no_grad` (`Fixtures/make_head_goldens.py`).
@Suite("Gradients of the head alone")
struct HeadGradientTests {
    private static func goldens() throws -> [GoldenGradient] {
        try GoldenGradient.all().filter { ["options", "answers"].contains($0.lossName) }
    }

    @Test(
        "they agree with torch, whatever is retained", arguments: try goldens(), ActivationRetention.allCases)
    func parity(golden: GoldenGradient, retention: ActivationRetention) throws {
        let model = try golden.model.model()
        let gradient = try GradientArena(of: model.parameters, only: model.headWeight)
        let result = try model.lossGradient(
            golden.sequences, retention: retention, into: gradient, loss: golden.scoredLoss)
        let file = try GoldenModel.floats("\(golden.model.name).\(golden.lossName).head.f32")
        let wanted = file.prefix(gradient.count).map(Double.init)
        #expect(file.count == 2 * gradient.count && abs(Double(result.loss) - golden.loss) <= 1e-5)
        let error = norm(zip(gradient.values, wanted).map { Double($0) - $1 }) / norm(wanted)
        print("head gradient \(golden.testDescription): \(error)")
        #expect(norm(wanted) > 0.1 && error <= 1e-4)
        #expect(model.tapeBytes == 0, "no activations are kept")
    }

    @Test(
        "where embeddings and head are one, their use as embeddings is left out", arguments: try goldens())
    func tied(golden: GoldenGradient) throws {
        let model = try golden.model.model()
        let gradient = try GradientArena(of: model.parameters, only: model.headWeight)
        _ = try model.lossGradient(
            golden.sequences, retention: .kept, into: gradient, loss: golden.scoredLoss)
        let whole = withExtendedLifetime(try golden.computed().gradient) {
            $0.elements(of: model.headWeight).map(Double.init)
        }
        let difference = norm(zip(gradient.values, whole).map { Double($0) - $1 }) / norm(whole)
        if golden.model.config.tie_word_embeddings {
            #expect(difference > 0.05, "\(difference)")
        } else {
            #expect(difference < 1e-5, "\(difference)")
        }
    }
}
