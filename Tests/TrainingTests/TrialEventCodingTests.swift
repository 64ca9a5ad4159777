import Optimizers
import Testing
import Training

@Suite("Events on the pipe")
struct TrialEventCodingTests {
    @Test("losses keep their bits, infinities and not-a-number included")
    func bits() throws {
        for loss: Float in [
            0.1, .leastNonzeroMagnitude, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, 0.6931472,
        ] {
            let record = StepRecord(
                step: 1, seed: .max, lossPlus: loss, lossMinus: .nan, projectedGradient: loss,
                droppedLayers: [0, 5],
                times: PhaseTimes(selectNanoseconds: 1, perturbNanoseconds: 2))
            let line = try TrialEventCoding.encode(.step(record))
            guard case .step(let decoded) = try TrialEventCoding.decode(line) else {
                Issue.record("a step came back as something else")
                return
            }
            #expect(decoded.lossPlus.bitPattern == loss.bitPattern)
            #expect(decoded.lossMinus.isNaN)
            #expect(decoded.seed == .max)
            #expect(decoded.droppedLayers == [0, 5])
            #expect(!line.contains(10))
        }
    }
}
