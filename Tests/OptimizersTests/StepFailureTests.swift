import Kernels
import Optimizers
import RandomStreams
import Testing

private struct Interruption: Error {}

@Suite("A step that fails")
struct StepFailureTests {
    private let team = ThreadTeam(threadCount: 1)
    private let settings = ZerothOrderSettings(
        learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: 1)

    @Test(
        "losses that are not finite end it, with the parameters restored and not updated",
        arguments: [
            [Float.nan, 1], [1, .infinity], [.infinity, .infinity], [.greatestFiniteMagnitude, -1],
        ], ExecutionPlan.allCases)
    func diverged(losses: [Float], plan: ExecutionPlan) throws {
        let model = try SmallModel(layerCount: 3)
        let before = model.values
        let optimizer = try ZerothOrderOptimizer(
            settings: settings, plan: plan, arena: model.arena, noiseSeed: 4, team: team)
        var remaining = losses
        let error = #expect(throws: Diverged.self) {
            try optimizer.stepAndFlush(number: 6) { remaining.removeFirst() }
        }
        #expect(error?.step == 6)
        #expect(error?.lossPlus.bitPattern == losses[0].bitPattern)
        #expect(error?.lossMinus.bitPattern == losses[1].bitPattern)
        #expect(error.map { "\($0)".contains("step 6") } == true)
        #expect(farthest(model.values, before) <= (plan == .fused ? 0 : 1e-6))
    }

    @Test(
        "an error of the loss is passed on, with the parameters restored", arguments: [1, 2],
        ExecutionPlan.allCases)
    func lossThrows(failingCall: Int, plan: ExecutionPlan) throws {
        let model = try SmallModel(layerCount: 3)
        let before = model.values
        let optimizer = try ZerothOrderOptimizer(
            settings: settings, plan: plan, arena: model.arena, noiseSeed: 4, team: team)
        var calls = 0
        #expect(throws: Interruption.self) {
            try optimizer.stepAndFlush(number: 1) {
                calls += 1
                if calls == failingCall { throw Interruption() }
                return 1
            }
        }
        #expect(calls == failingCall)
        #expect(farthest(model.values, before) <= (plan == .fused ? 0 : 1e-6))
    }

    @Test(
        "settings out of range are refused by name",
        arguments: [
            (
                ZerothOrderSettings(learningRate: -1, perturbationScale: 1e-3, droppedLayerCount: 0),
                "learning rate"
            ),
            (
                ZerothOrderSettings(learningRate: .nan, perturbationScale: 1e-3, droppedLayerCount: 0),
                "learning rate"
            ),
            (
                ZerothOrderSettings(learningRate: 1, perturbationScale: 0, droppedLayerCount: 0),
                "perturbation scale"
            ),
            (
                ZerothOrderSettings(learningRate: 1, perturbationScale: -1, droppedLayerCount: 0),
                "perturbation scale"
            ),
            (
                ZerothOrderSettings(learningRate: 1, perturbationScale: 1e-42, droppedLayerCount: 0),
                "perturbation scale"
            ),
            (
                ZerothOrderSettings(learningRate: 1, perturbationScale: 3e38, droppedLayerCount: 0),
                "perturbation scale"
            ),
            (
                ZerothOrderSettings(learningRate: 1, perturbationScale: 1, droppedLayerCount: -1),
                "dropped layers"
            ),
            (
                ZerothOrderSettings(learningRate: 1, perturbationScale: 1, droppedLayerCount: 4),
                "dropped layers"
            ),
        ])
    func invalidSettings(settings: ZerothOrderSettings, name: String) throws {
        let model = try SmallModel(layerCount: 3)
        let error = #expect(throws: OptimizerError.self) {
            try ZerothOrderOptimizer(
                settings: settings, plan: .fused, arena: model.arena, noiseSeed: 4, team: team)
        }
        guard case .invalidSetting(let found, _, _) = error else {
            Issue.record("\(String(describing: error)) is not an invalid setting")
            return
        }
        #expect(found == name)
    }

    private func farthest(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).map { abs($0 - $1) }.max() ?? 0
    }
}
