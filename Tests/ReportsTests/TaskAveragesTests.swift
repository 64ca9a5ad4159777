import Comparison
import Optimizers
import Reports
import ResultStore
import Testing
import Training

@Suite("Averages over tasks in reports")
struct TaskAveragesTests {
    private func cell(_ id: Int64, _ task: String, _ method: Training.Method, right: Int?) -> CellResult {
        let milliseconds = (perturb: 10.0, forward: 90.0, update: 5.0)
        var trial = SampleSuites.trial(
            id: id, losses: [0.7], devRight: [250], testRight: right ?? 0, milliseconds: milliseconds)
        if right == nil {
            trial.status = .failed
            trial.failure = TrialFailure(reason: .unavailable, step: nil, message: "no train split")
            trial.summary = nil
            trial.evaluations = []
        }
        var cell = SampleSuites.trainedCell(
            id: id, workload: .task(name: task, trainExamples: 1000, devExamples: 500, testExamples: 872),
            dropped: 0, rate: 1e-6, trials: [trial])
        cell.cell.method = method
        return cell
    }

    private func table(_ cells: [CellResult]) throws -> Table {
        let snapshot = ResultSnapshot(
            suiteName: "tasks", suiteSHA256: "00", title: "", claims: [], environments: [:], artifacts: [],
            cells: cells)
        let report = SuiteReport.make(from: snapshot, claims: .empty)
        return try #require(report.namedTables.first { $0.name == "task-averages" }?.table)
    }

    private func inContext(_ count: Int) -> Training.Method {
        .inContext(InContextSettings(demonstrationCount: count, calibrates: false))
    }

    @Test("a missing task is named, and what can be compared is the average over the tasks that all have")
    func missing() throws {
        let mezo = SampleSuites.method(dropped: 0, rate: 1e-6)
        let found = try table([
            cell(1, "sst2", .zeroShot, right: 436), cell(2, "rte", .zeroShot, right: 436),
            cell(3, "drop", .zeroShot, right: 218), cell(4, "sst2", mezo, right: 654),
            cell(5, "rte", mezo, right: 436), cell(6, "drop", mezo, right: nil),
        ])
        #expect(
            found.columns.map(\.title) == [
                "model", "plan", "method", "sparsity", "dropped layers", "tasks", "average over 3 tasks (%)",
                "95% low", "95% high", "average over 2 shared tasks (%)", "shared, 95% low",
                "shared, 95% high",
                "missing",
            ])
        #expect(
            found.rows.map { [$0[2], $0[5], $0[6], $0[9], $0[12]] } == [
                ["zero-shot", "3", "41.7", "50.0", "–"], ["MeZO", "2", "–", "62.5", "DROP"],
            ])
        #expect(found.footnotes.contains { $0.contains("SST-2 and RTE") })
    }

    @Test("demonstrations that differ between tasks are one method, with their least and greatest number")
    func demonstrations() throws {
        let found = try table([
            cell(1, "sst2", inContext(32), right: 436), cell(2, "rte", inContext(8), right: 436),
        ])
        #expect(found.rows.map { $0[2] } == ["in-context (8 to 32)"])
        #expect(found.columns.count == 10)
    }
}
