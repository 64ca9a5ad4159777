import Testing
import Training

@Suite("Checkpoint rule")
struct CheckpointRuleTests {
    private let evaluations = [
        (step: 30, loss: 0.5, value: 0.7), (step: 10, loss: 0.6, value: 0.8),
        (step: 20, loss: 0.5, value: 0.8),
        (step: 40, loss: 0.9, value: 0.6),
    ]

    private func step(_ rule: CheckpointRule) -> Int? {
        rule.indexOfBest(of: evaluations) { ($0.step, $0.loss, $0.value) }.map { evaluations[$0].step }
    }

    @Test("dev-loss takes the lowest loss, dev-metric the highest value, each the earliest of equals")
    func best() {
        #expect(step(.devLoss) == 20)
        #expect(step(.devMetric) == 10)
    }

    @Test("of none there is no best")
    func none() {
        let nothing: [(step: Int, loss: Double, value: Double)] = []
        #expect(CheckpointRule.devMetric.indexOfBest(of: nothing) { ($0.step, $0.loss, $0.value) } == nil)
    }
}
