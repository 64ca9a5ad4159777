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
        "zero-shot guesses better than chance, and MeZO, LeZO and fine-tuning better than zero-shot, each by its interval"
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
            // MeZO and LeZO at two sparsities, on two plans each, and fine-tuning.
            #expect(trained.count { $0.representative.cell.method.zerothOrderSettings != nil } == 6)
            #expect(trained.contains { $0.representative.cell.method.firstOrderSettings != nil })
            for row in trained {
                let score = try #require(row.scores.first)
                let pair = try #require(PairedAccuracy(baseline: untrained, candidate: score))
                #expect(pair.interval.lower > 0, "\(row.representative.cell.method): \(pair.difference)")
            }
        }
    }
}
