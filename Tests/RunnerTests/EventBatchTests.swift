import Optimizers
import Runner
import Testing
import Training

@Suite("Event batch")
struct EventBatchTests {
    private func step(_ number: Int) -> TrialEvent {
        .step(
            StepRecord(
                step: number, seed: 1, lossPlus: 1, lossMinus: 1, projectedGradient: 0, droppedLayers: [],
                times: PhaseTimes()))
    }

    @Test("steps wait for one another, and any other event takes those before it along at once")
    func order() throws {
        var commits: [[TrialEvent]] = []
        var batch = EventBatch { commits.append($0) }
        for number in 1...16 { try batch.add(step(number)) }
        #expect(commits == [(1...16).map(step)])
        try batch.add(step(17))
        #expect(commits.count == 1)
        try batch.add(.interrupted(step: 17))
        #expect(commits.last == [step(17), .interrupted(step: 17)])
        try batch.flush()
        #expect(commits.count == 2)
    }
}
