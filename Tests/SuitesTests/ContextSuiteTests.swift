import Foundation
import Optimizers
import Suites
import Tasks
import Testing
import Training

/// Methods without training, objectives and checkpoint rules in suites.
@Suite("Suites with demonstrations, calibration and objectives")
struct ContextSuiteTests {
    private static let text = """
        suite: example
        title: An example
        models: [{name: tiny-30}]
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
          - {name: squad, archives: [squad], train_examples: 8, dev_examples: 4, test_examples: 6}
        methods:
          - zero-shot
          - {zero-shot: {calibrate: true}}
          - {in-context: {demonstrations: [4, 32], calibrate: [false, true], draw: [per-example, fixed-set]}}
        """

    private func methods(_ suite: Suite, task: String) -> [Training.Method] {
        suite.trials.map(\.cell).filter { $0.workload.taskName == task }.map(\.method)
    }

    @Test("every combination is one trial without steps, and generated answers are never calibrated")
    func expansion() throws {
        let suite = try SuiteTexts.read(Self.text)
        func inContext(_ count: Int, _ calibrates: Bool, _ draw: DemonstrationDraw) -> Training.Method {
            .inContext(
                InContextSettings(
                    demonstrationCount: count, calibrates: calibrates, demonstrationDraw: draw))
        }
        #expect(
            methods(suite, task: "sst2") == [
                .zeroShot, inContext(0, true, .perExample), inContext(4, false, .perExample),
                inContext(4, true, .perExample), inContext(4, false, .fixedSet),
                inContext(4, true, .fixedSet),
                inContext(32, false, .perExample), inContext(32, true, .perExample),
                inContext(32, false, .fixedSet), inContext(32, true, .fixedSet),
            ])
        #expect(
            methods(suite, task: "squad") == [
                .zeroShot, inContext(4, false, .perExample), inContext(4, false, .fixedSet),
                inContext(32, false, .perExample), inContext(32, false, .fixedSet),
            ])
        #expect(suite.trials.allSatisfy { $0.cell.schedule.steps == 0 && $0.cell.plan == .reference })
        #expect(suite.timingCells.isEmpty)
    }

    @Test("the published draw is the default, and without demonstrations there is none to choose")
    func draws() throws {
        let text = SuiteTexts.replacing(
            "- zero-shot", by: "- {in-context: {demonstrations: 32}}", in: SuiteTexts.tasks)
        let cell = try #require(try SuiteTexts.read(text).trials.first?.cell)
        #expect(
            cell.method == .inContext(InContextSettings(demonstrationCount: 32, calibrates: false)))
        #expect(cell.method.inContextSettings?.demonstrationDraw == .perExample)
        #expect(
            InContextSettings(demonstrationCount: 0, calibrates: true, demonstrationDraw: .fixedSet)
                == InContextSettings(demonstrationCount: 0, calibrates: true))
    }

    @Test(
        "they can be filtered by",
        arguments: [
            (["method=zero-shot"], 3), (["method=in-context"], 12), (["demonstrations=32"], 6),
            (["calibrate=true"], 5), (["calibrate=false"], 10), (["draw=fixed-set"], 6),
            (["draw=per-example", "calibrate=true", "demonstrations=4"], 1),
        ])
    func filters(_ filters: [String], _ trials: Int) throws {
        let suite = try SuiteTexts.read(Self.text)
        #expect(try suite.filtered(by: filters.map { text in try SuiteFilter(text) }).trials.count == trials)
    }

    @Test("a suite that only evaluates needs no schedule, with {calibrate: false} it is plain zero-shot")
    func plainZeroShot() throws {
        let text = SuiteTexts.replacing(
            "  - zero-shot\n  - {zero-shot: {calibrate: true}}", by: "  - {zero-shot: {calibrate: false}}",
            in: Self.text)
        #expect(try methods(SuiteTexts.read(text), task: "sst2").first == .zeroShot)
    }

    @Test("an objective is that of the suite or of a method, a list is an axis, and zero-shot has none")
    func objectives() throws {
        let text = SuiteTexts.replacing(
            "{sparsity: [0, 0.75],", by: "{objective: [metric, log-likelihood], sparsity: 0.75,")
        let plain = try SuiteTexts.read(text)
        #expect(plain.trials.map(\.cell.objective).count { $0 == .metric } == 2)
        #expect(try plain.filtered(by: [SuiteFilter("objective=metric")]).trials.count == 2)
        let both = try SuiteTexts.read(text + "\nobjective: metric\n")
        let cells = both.trials.map(\.cell)
        #expect(cells.filter { $0.method == .zeroShot }.allSatisfy { $0.objective == .logLikelihood })
        #expect(cells.filter { $0.method != .zeroShot }.count { $0.objective == .metric } == 6)
        #expect(both.timingCells.map(\.objective) == [.metric, .metric, .logLikelihood])
    }

    @Test("the metric of generated answers can be optimised where a task is on the reference plan alone")
    func generationOnReference() throws {
        var text = SuiteTexts.replacing("{name: sst2,", by: "{name: squad, plans: [reference],")
        text = SuiteTexts.replacing("seeds:", by: "plans: [fused]\nobjective: metric\nseeds:", in: text)
        let cells = try SuiteTexts.read(text).trials.map(\.cell).filter { $0.method != .zeroShot }
        #expect(!cells.isEmpty && cells.allSatisfy { $0.plan == .reference && $0.objective == .metric })
    }

    @Test("the checkpoint rule is the schedule's, dev-loss when left out")
    func checkpointRule() throws {
        let text = SuiteTexts.replacing("eval_every: 10}", by: "eval_every: 10, checkpoint: dev-metric}")
        for (text, rule) in [(SuiteTexts.tasks, CheckpointRule.devLoss), (text, .devMetric)] {
            let trained = try SuiteTexts.read(text).trials.map(\.cell).filter { $0.method != .zeroShot }
            #expect(trained.allSatisfy { $0.schedule.checkpointRule == rule })
        }
    }

    @Test("a cell with default objective and rule has the JSON that it had before they were a choice")
    func json() throws {
        let trial = try #require(try SuiteTexts.read(SuiteTexts.tasks).trials.last)
        #expect(
            try TrialIdentity.canonicalJSON(trial.cell)
                == """
                {"method":{"zerothOrder":{"_0":{"droppedLayerCount":23,"learningRate":1e-06,"noise":"gaussian",\
                "perturbationScale":0.001,"rounding":"nearest","tuned":"all"}}},"model":{"name":"tiny-30",\
                "storage":"float32","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":4,\
                "evaluateEvery":10,"steps":30},"workload":{"task":{"devExamples":4,"name":"sst2","testExamples":6,\
                "trainExamples":8}}}
                """)
        var changed = trial.cell
        changed.objective = .metric
        changed.schedule.checkpointRule = .devMetric
        let json = try TrialIdentity.canonicalJSON(changed)
        #expect(
            json.contains("\"objective\":\"metric\"") && json.contains("\"checkpointRule\":\"dev-metric\""))
        #expect(try JSONDecoder().decode(Cell.self, from: Data(json.utf8)) == changed)
    }
}
