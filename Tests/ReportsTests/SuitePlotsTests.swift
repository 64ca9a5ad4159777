import Comparison
import Foundation
import Optimizers
import Plots
import Reports
import ResultStore
import Testing
import Training

@Suite("Plots of a suite")
struct SuitePlotsTests {
    private func plots(_ snapshot: ResultSnapshot) throws -> [Plot] {
        SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger).plots
    }

    @Test("a suite that trained has its scores, losses, phases and speedups drawn")
    func trained() throws {
        #expect(
            try plots(SampleSuites.trained).map(\.name) == [
                "scores-smollm2-135m-instruct",
                "loss-by-steps-smollm2-135m-instruct-on-sst-2-reference-plan",
                "loss-by-time-smollm2-135m-instruct-on-sst-2-reference-plan",
                "loss-by-steps-smollm2-135m-instruct-on-squad-reference-plan",
                "loss-by-time-smollm2-135m-instruct-on-squad-reference-plan",
                "phases-smollm2-135m-instruct-reference-plan",
                "speedup-lezo-on-smollm2-135m-instruct-reference-plan",
            ])
    }

    @Test("names differ, even where words do not, and are file names")
    func names() throws {
        var snapshot = SampleSuites.trained
        // A model whose name differs only in what a file name cannot hold.
        var other = snapshot.cells
        for index in other.indices {
            other[index].id += 100
            other[index].cell.model.name = "SmolLM2/135m_instruct"
        }
        snapshot.cells += other
        let names = try plots(snapshot).map(\.name)
        #expect(names.count == 14)
        #expect(Set(names).count == names.count)
        #expect(names.contains("scores-smollm2-135m-instruct-2"))
        for name in names { #expect(name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }) }
    }

    @Test("the speedup's points are those of the table, and the bound goes through its bound")
    func speedups() throws {
        let plot = try #require(plots(SampleSuites.timed).first { $0.name.hasPrefix("speedup") })
        guard case .curves(let chart) = plot.chart else {
            Issue.record("no curves")
            return
        }
        let measured = try #require(chart.curves.first { $0.style == .measured })
        #expect(measured.label == "16x64 tokens")
        #expect(measured.points.map(\.x) == [0, 0.5, 0.75, 1])
        #expect(measured.points.map { (1000 * $0.y).rounded() / 1000 } == [1, 1.171, 1.283, 1.411])
        let bound = try #require(chart.curves.first { $0.style == .bound && !$0.points.isEmpty })
        let half = try #require(bound.points.first { $0.x == 0.5 })
        #expect((1000 * half.y).rounded() / 1000 == 1.17)
        // Four rounds give no interval, so the other shape has no line.
        #expect(chart.curves.count { $0.style == .measured } == 1)
    }

    @Test("development losses are drawn against the steps' own time, evaluation left out")
    func time() throws {
        let plots = try plots(SampleSuites.seeds)
        let steps = try #require(
            plots.first { $0.name.hasPrefix("loss-by-steps") && $0.name.contains("sst-2") })
        let time = try #require(
            plots.first { $0.name.hasPrefix("loss-by-time") && $0.name.contains("sst-2") })
        guard case .curves(let byStep) = steps.chart, case .curves(let byTime) = time.chart else {
            Issue.record("no curves")
            return
        }
        let step = try #require(byStep.curves.first { $0.label == "MeZO at 1e-5" })
        let second = try #require(byTime.curves.first { $0.label == "MeZO at 1e-5" })
        #expect(step.points.map(\.x) == [0, 100, 200])
        // A step takes 0.2 + 0.6 + 0.1 ms and 4 us of selecting.
        #expect(zip(second.points, [0, 0.0904, 0.1808]).allSatisfy { abs($0.x - $1) < 1e-9 })
        #expect(step.points.map(\.y) == second.points.map(\.y))
        let last = try #require(step.points.last)
        let (low, high) = (try #require(last.low), try #require(last.high))
        #expect(low < last.y && last.y < high)
        // 200 steps as 40 stretches of 5, each a mean of both probes' losses.
        let trace = try #require(byStep.curves.first { $0.style == .trace })
        #expect(trace.points.count == 40)
        #expect(trace.points[0].x == 3)
    }

    @Test("plots are drawn the same from cells and trials in any order")
    func order() throws {
        var snapshot = SampleSuites.seeds
        let expected = try plots(snapshot).map(\.svg)
        snapshot.cells.reverse()
        for index in snapshot.cells.indices { snapshot.cells[index].trials.reverse() }
        #expect(try plots(snapshot).map(\.svg) == expected)
    }

    @Test("a step beyond every count has its place at the end of the time")
    func hugeStep() throws {
        var snapshot = SampleSuites.trained
        for cell in snapshot.cells.indices {
            for trial in snapshot.cells[cell].trials.indices
            where !snapshot.cells[cell].trials[trial].steps.isEmpty {
                snapshot.cells[cell].trials[trial].steps[0].step = .max
            }
        }
        #expect(try plots(snapshot).contains { $0.name.hasPrefix("loss-by-time") })
    }

    @Test("a Markdown report links its plots when it has a folder for them, and only then")
    func links() throws {
        let report = SuiteReport.make(from: SampleSuites.timed, claims: try SampleSuites.ledger)
        let linked = MarkdownRenderer.render(report, plotFolder: "my plots")
        for file in PlotFiles.files(of: report) {
            #expect(linked.contains("](my%20plots/\(file.fileName))"))
        }
        #expect(!MarkdownRenderer.render(report).contains("]("))
    }

    @Test("a suite without any result has no plots")
    func empty() throws {
        var snapshot = SampleSuites.seeds
        for index in snapshot.cells.indices {
            snapshot.cells[index].trials.removeAll { $0.status == .done }
        }
        #expect(try plots(snapshot).isEmpty)
        snapshot.cells = []
        #expect(try plots(snapshot).isEmpty)
    }

    @Test("losses that are not finite leave gaps and break nothing")
    func notFinite() throws {
        var snapshot = SampleSuites.seeds
        for index in snapshot.cells.indices {
            for trial in snapshot.cells[index].trials.indices {
                for step in snapshot.cells[index].trials[trial].steps.indices where step % 3 == 0 {
                    snapshot.cells[index].trials[trial].steps[step].lossPlus = .nan
                    snapshot.cells[index].trials[trial].steps[step].lossMinus = .infinity
                }
            }
        }
        let drawings = try plots(snapshot).map(\.svg)
        #expect(!drawings.isEmpty)
        #expect(drawings.allSatisfy { !$0.contains("nan") && !$0.contains("inf\"") })
    }
}
