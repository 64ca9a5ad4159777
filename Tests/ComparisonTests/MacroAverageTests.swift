import Comparison
import Optimizers
import ResultStore
import Statistics
import Testing
import Training

@Suite("Averages over tasks")
struct MacroAverageTests {
    private func task(_ name: String) -> Workload {
        .task(name: name, trainExamples: 1000, devExamples: 200, testExamples: 200)
    }

    /// One finished trial with so many of 200 right.
    private func cell(
        _ id: Int64, _ name: String, dropped: Int?, right: Int, learningRate: Double = 1e-6, steps: Int = 100
    ) -> CellResult {
        Make.cell(
            id: id, workload: task(name), dropped: dropped, learningRate: learningRate, steps: steps,
            trials: [Make.trial(id: id, devLosses: dropped == nil ? [] : [(100, 0.5)], testRight: right)])
    }

    /// Averages without what rounding adds.
    private func rounded(_ values: [Double?]) -> [Double?] {
        values.map { $0.map { ($0 * 1e9).rounded() / 1e9 } }
    }

    private func averages(_ cells: [CellResult]) -> [MacroAverages] {
        MacroAverages.all(in: AccuracyTable(from: Make.snapshot(cells)))
    }

    @Test("every task counts once, whatever its schedule")
    func mean() throws {
        let found = try #require(
            averages([
                cell(1, "sst2", dropped: nil, right: 100), cell(2, "rte", dropped: nil, right: 120),
                cell(3, "sst2", dropped: 0, right: 180), cell(4, "rte", dropped: 0, right: 130, steps: 40),
                cell(5, "sst2", dropped: 9, right: 170), cell(6, "rte", dropped: 9, right: 110, steps: 40),
            ]).first)
        #expect(found.tasks == ["SST-2", "RTE"] && found.sharedTasks == found.tasks)
        #expect(found.methods.map(\.representative.cell.method.words) == ["zero-shot", "MeZO", "LeZO"])
        #expect(rounded(found.methods.map(\.average)) == [0.55, 0.775, 0.7])
        #expect(found.methods.map(\.averageOverShared) == found.methods.map(\.average))
        #expect(found.methods.allSatisfy { $0.missingTasks.isEmpty && $0.rows.count == 2 })
        // Two tasks of 200 examples each: sqrt(p (1 - p) / 199) of either, over two.
        let error = (0.5 * 0.5 / 199 + 0.6 * 0.4 / 199).squareRoot() / 2
        let interval = try #require(found.methods[0].interval)
        #expect(abs(interval.upper - 0.55 - 1.959963984540054 * error) < 1e-12)
        #expect(found.methods[0].intervalOverShared == interval)
    }

    @Test("with a task missing there is no average over all, but one over the tasks that all methods have")
    func missing() throws {
        var failed = cell(6, "drop", dropped: 0, right: 0)
        failed.trials[0].status = .failed
        failed.trials[0].failure = TrialFailure(reason: .unavailable, step: nil, message: "no train split")
        failed.trials[0].summary = nil
        failed.trials[0].evaluations = []
        let found = try #require(
            averages([
                cell(1, "sst2", dropped: nil, right: 100), cell(2, "rte", dropped: nil, right: 120),
                cell(3, "drop", dropped: nil, right: 20), cell(4, "sst2", dropped: 0, right: 180),
                cell(5, "rte", dropped: 0, right: 130), failed,
            ]).first)
        #expect(found.tasks.count == 3 && Set(found.sharedTasks) == ["SST-2", "RTE"])
        let (zeroShot, mezo) = (found.methods[0], found.methods[1])
        #expect(zeroShot.missingTasks.isEmpty && mezo.missingTasks == ["DROP"])
        #expect(rounded([zeroShot.average, mezo.average]) == [0.4, nil])
        #expect(zeroShot.interval != nil && mezo.interval == nil && mezo.intervalOverShared != nil)
        #expect(rounded([zeroShot.averageOverShared, mezo.averageOverShared]) == [0.55, 0.775])
    }

    @Test(
        "demonstrations may differ between tasks, but tell methods apart where one task has several numbers")
    func demonstrations() throws {
        func inContext(_ id: Int64, _ name: String, _ count: Int, right: Int) -> CellResult {
            var cell = cell(id, name, dropped: nil, right: right)
            cell.cell.method = .inContext(InContextSettings(demonstrationCount: count, calibrates: false))
            return cell
        }
        let one = try #require(
            averages([inContext(1, "sst2", 32, right: 100), inContext(2, "rte", 8, right: 120)]).first)
        #expect(rounded(one.methods.map(\.average)) == [0.55])
        let several = try #require(
            averages([
                inContext(1, "sst2", 32, right: 100), inContext(2, "sst2", 8, right: 60),
                inContext(3, "rte", 8, right: 120),
            ]).first)
        #expect(rounded(several.methods.map(\.average)) == [0.45, nil])
        #expect(several.methods.map(\.missingTasks) == [[], ["RTE"]])
        #expect(several.sharedTasks == ["SST-2"])
    }

    @Test("the learning rate chosen on development examples counts, and one task alone has no average")
    func chosen() throws {
        var worse = cell(2, "sst2", dropped: 0, right: 200, learningRate: 1e-5)
        worse.trials[0].evaluations[0].loss = 0.9
        let found = try #require(
            averages([cell(1, "sst2", dropped: 0, right: 150), worse, cell(3, "rte", dropped: 0, right: 110)])
                .first)
        #expect(rounded(found.methods.map(\.average)) == [0.65])
        #expect(averages([cell(1, "sst2", dropped: 0, right: 150)]).isEmpty)
    }

    @Test("over several seeds the interval is the wider of that over examples and that over seeds")
    func seeds() throws {
        func cell(_ id: Int64, _ name: String, right: [Int]) -> CellResult {
            Make.cell(
                id: id, workload: task(name), dropped: 0,
                trials: right.enumerated().map { seed, right in
                    Make.trial(
                        id: 10 * id + Int64(seed), noiseSeed: UInt64(seed), devLosses: [(100, 0.5)],
                        testRight: right)
                })
        }
        func interval(_ sst2: [Int], _ rte: [Int]) throws -> Interval {
            try #require(
                averages([cell(1, "sst2", right: sst2), cell(2, "rte", right: rte)]).first?.methods[0]
                    .interval)
        }
        // Seeds far apart: averages 0.5, 0.7 and 0.9.
        let apart = try #require(studentMeanInterval(of: [0.5, 0.7, 0.9]))
        let found = try interval([100, 140, 180], [100, 140, 180])
        #expect(abs(found.lower - apart.lower) < 1e-12 && abs(found.upper - apart.upper) < 1e-12)
        // Equal seeds: only the draw of examples is left.
        let error = (2 * 0.5 * 0.5 / 199).squareRoot() / 2
        let steady = try interval([100, 100, 100], [100, 100, 100])
        #expect(abs(steady.upper - 0.5 - 1.959963984540054 * error) < 1e-12)
        // Tasks with other seeds than the rest leave the examples' interval alone.
        let uneven = try interval([100, 140, 180], [100, 140])
        #expect(uneven.upper - uneven.lower < found.upper - found.lower)
    }

    @Test("tasks stand in the order of the papers' tables")
    func order() throws {
        let names = ["drop", "copa", "sst2", "wic", "cb"]
        let cells = names.enumerated().map {
            cell(Int64($0.offset + 1), $0.element, dropped: nil, right: 100)
        }
        #expect(try #require(averages(cells).first).tasks == ["SST-2", "CB", "WiC", "COPA", "DROP"])
    }
}
