import Benchmarks
import Optimizers
import Testing

/// A cell whose rounds have one step each, with the given total times and 40% of each in perturb and update.
func sampleCell(
    _ plan: ExecutionPlan, dropped: Int, milliseconds: [Int64], work: String = "1 x 8"
) -> StepCell {
    let rounds = milliseconds.enumerated().map { index, total in
        let step = StepRecord(
            step: 2, seed: 7, lossPlus: 1.5, lossMinus: 1.25, projectedGradient: 125,
            droppedLayers: Array(0..<dropped),
            times: PhaseTimes(
                selectNanoseconds: 0, perturbNanoseconds: total * 300_000,
                forwardNanoseconds: total * 600_000,
                updateNanoseconds: total * 100_000))
        return StepCell.Round(warmup: [step], steps: [step])
    }
    return StepCell(
        setting: .init(work: work, plan: plan, droppedLayerCount: dropped, layerCount: 12), rounds: rounds)
}

@Suite("Times and speedups of steps from recorded samples")
struct StepArithmeticTests {
    @Test("a cell's step is the median over rounds, its shares those of the phases")
    func cell() {
        let cell = sampleCell(.reference, dropped: 9, milliseconds: [100, 140, 120])
        #expect(cell.stepNanoseconds == 120e6)
        #expect(cell.setting.sparsity == 0.75)
        #expect(abs(cell.phaseShares.perturb - 0.3) < 1e-12)
        #expect(abs(cell.phaseShares.forward - 0.6) < 1e-12)
        #expect(abs(cell.phaseShares.overhead - 0.4) < 1e-12)
    }

    @Test("speedups pair LeZO with MeZO on its plan and work, and plans at the same sparsity")
    func pairs() throws {
        let cells = [
            sampleCell(.reference, dropped: 0, milliseconds: [100, 200, 100, 100, 100, 100]),
            sampleCell(.reference, dropped: 9, milliseconds: [80, 160, 80, 80, 80, 80]),
            sampleCell(.fused, dropped: 0, milliseconds: [50, 100, 50, 50, 50, 50]),
            sampleCell(.fused, dropped: 9, milliseconds: [40, 80, 40, 40, 40, 40]),
            sampleCell(.fused, dropped: 9, milliseconds: [10, 10], work: "2 x 8"),
        ]
        let sparsity = StepSpeedups.ofSparsity(cells, layerParameterShare: 0.5)
        #expect(sparsity.map(\.candidate.plan) == [.reference, .fused])
        for ratio in sparsity {
            #expect(abs(ratio.speedup - 1.25) < 1e-12)
            #expect(ratio.roundCount == 6)
            #expect(abs((ratio.lower ?? 0) - 1.25) < 1e-12)
            // 40% overhead, of which three quarters of one half can go.
            #expect(abs((ratio.amdahlBound ?? 0) - 1 / (1 - 0.4 * 0.375)) < 1e-12)
        }
        let plans = StepSpeedups.ofPlan(cells)
        #expect(plans.map(\.candidate.droppedLayerCount) == [0, 9])
        #expect(plans.allSatisfy { abs($0.speedup - 2) < 1e-12 && $0.amdahlBound == nil })
    }

    @Test("fewer than six rounds give no interval")
    func fewRounds() throws {
        let ratio = try #require(
            StepRatio(
                baseline: sampleCell(.reference, dropped: 0, milliseconds: [10, 10, 10, 10, 10]),
                candidate: sampleCell(.fused, dropped: 0, milliseconds: [5, 5, 5, 5, 5])))
        #expect(ratio.lower == nil && ratio.upper == nil)
        #expect(abs(ratio.speedup - 2) < 1e-12)
    }
}
