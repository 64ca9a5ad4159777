import Comparison
import Foundation
import ResultStore
import Statistics
import Suites
import TestSupport
import Testing
import Training

/// What the sandbox is for: to show on a model that learned something what the methods do.
@Suite("What smoke shows")
struct SandboxEffectSlowTests {
    @Test(
        "zero-shot is better than chance, MeZO and LeZO than zero-shot, and fine-tuning than all of them, by intervals"
    )
    func learning() throws {
        try TemporaryFolder.with { folder in
            let program = Program(folder: URL(fileURLWithPath: folder.path))
            let suite = Program.packageRoot.appendingPathComponent("suites/smoke.yaml").path
            let answer = try program.run([
                "run", suite, "--db", "smoke.sqlite", "--filter", "task=sst2",
            ])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            let table = AccuracyTable(
                from: try ResultStore(path: program.path("smoke.sqlite"), mode: .readOnly)
                    .snapshot(suiteNamed: "smoke"))
            let untrained = try #require(
                table.rows.first { !$0.representative.cell.takesSteps }?.scores.first)
            #expect(try #require(untrained.interval).lower > 0.55)
            let trained = table.rows.filter(\.representative.cell.takesSteps)
            // MeZO and LeZO at two sparsities, on two plans each, and fine-tuning at the better of two learning rates.
            let zerothOrder = trained.filter { $0.representative.cell.method.zerothOrderSettings != nil }
            let dropped = zerothOrder.map(\.representative.cell.droppedLayerCount).sorted()
            #expect(dropped == [0, 0, 6, 6, 9, 9])
            for row in zerothOrder {
                try expectGain(of: row, over: untrained)
            }
            let fineTuned = trained.filter { $0.representative.cell.method.firstOrderSettings != nil }
            #expect(fineTuned.count == 1)
            for row in fineTuned {
                try expectGain(of: row, over: untrained)
                for other in zerothOrder { try expectGain(of: row, over: #require(other.scores.first)) }
            }
        }
    }

    /// Expects a row to have more right than `baseline` on the same examples, by the interval of the difference.
    private func expectGain(of row: AccuracyTable.Row, over baseline: TestScore) throws {
        let score = try #require(row.scores.first)
        let pair = try #require(PairedAccuracy(baseline: baseline, candidate: score))
        #expect(pair.interval.lower > 0, "\(row.representative.cell.method): \(pair.difference)")
    }
}
