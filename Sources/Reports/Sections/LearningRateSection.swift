import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// The grid of learning rates with the development figures that the choice rests on.
enum LearningRateSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let rows = findings.accuracy.rows.filter { $0.representative.cell.method.takesSteps }
        guard !rows.isEmpty else { return [] }
        return [.table(grid(rows, findings))] + trajectories(rows, findings).map { .table($0) }
    }

    private static func grid(_ rows: [AccuracyTable.Row], _ findings: SuiteFindings) -> Table {
        var table = Table(
            name: "learning-rates",
            caption: MethodNames.caption(
                caption(rows),
                cells: rows.map(\.representative)),
            columns: MethodNames.columns + [
                .init("learning rate", .trailing), .init("trials done", .trailing),
                .init("dev loss", .trailing),
                .init("at step", .trailing), .init("dev score (%)", .trailing), .init("verdict"),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: [
                "With several trials, loss and score are means over the finished ones. A learning rate at which a trial "
                    + "diverged is not chosen."
            ])
        for row in rows {
            let candidates = row.choice?.candidates ?? row.cells.map(SettingsCandidate.init)
            for candidate in candidates {
                table.append(
                    findings.names.cells(candidate.cell) + [
                        Figures.setting(candidate.learningRate),
                        "\(candidate.finishedTrialCount)/\(candidate.cell.trials.count)",
                        Figures.loss(candidate.meanBestLoss), steps(of: candidate),
                        Figures.percent(candidate.meanBestValue), verdict(on: candidate, choice: row.choice),
                    ])
            }
        }
        return table
    }

    private static func caption(_ rows: [AccuracyTable.Row]) -> String {
        let figure =
            rows.contains { $0.representative.cell.schedule.checkpointRule == .devMetric }
            ? "highest development score" : "lowest development loss"
        return
            "The \(figure) of each learning rate; the \(figure.prefix { $0 != " " }) of them is chosen, test examples take "
            + "no part."
    }

    private static func steps(of candidate: SettingsCandidate) -> String {
        let steps = candidate.scores.map { String($0.best.step) }
        return steps.isEmpty ? Figures.none : steps.joined(separator: ", ")
    }

    private static func verdict(on candidate: SettingsCandidate, choice: SettingsChoice?) -> String {
        if candidate.hasDiverged { return "diverged" }
        if candidate.cell.id == choice?.chosen.cell.id { return words(for: choice) }
        if candidate.cell.trials.contains(where: { $0.failure?.reason == .unavailable }) { return "no data" }
        return candidate.isComplete ? "" : "not finished"
    }

    private static func words(for choice: SettingsChoice?) -> String {
        guard let choice else { return "" }
        let isOnly = choice.candidates.count == 1
        let edge =
            isOnly
            ? ""
            : choice.isLargestOfGrid
                ? ", largest of the grid" : choice.isSmallestOfGrid ? ", smallest of the grid" : ""
        let improves = choice.chosen.scores.contains(where: \.isStillImproving)
        let direction = choice.chosen.rule == .devLoss ? "falling" : "rising"
        return
            "\(isOnly ? "the only one" : "chosen")\(edge)\(improves ? ", still \(direction) at the last step" : "")"
    }

    /// One table for each model and task: development loss by step, a column for each method.
    private static func trajectories(_ rows: [AccuracyTable.Row], _ findings: SuiteFindings) -> [Table] {
        let scored = rows.filter { !($0.choice?.chosen.scores.isEmpty ?? true) }
        return Grouping.inOrder(scored) { row in
            let cell = row.representative.cell
            return "\(cell.model.words) on \(cell.workload.words), \(cell.manner)"
        }.map { trajectory(title: $0.key, rows: $0.items, findings) }
    }

    private static func trajectory(title: String, rows: [AccuracyTable.Row], _ findings: SuiteFindings)
        -> Table
    {
        let points = rows.map { $0.choice?.chosen.scores.map(\.points) ?? [] }
        let steps = Set(points.joined().joined().map(\.step)).sorted()
        let untrained = steps.contains(0) ? nil : rows.first.flatMap { untrainedLoss(for: $0, findings) }
        var table = Table(
            name: "dev-loss",
            caption: MethodNames.caption(
                "Development loss by step, \(title), at the learning rate chosen.",
                cells: rows.map(\.representative)),
            columns: [.init("step", .trailing)] + rows.map { .init(heading(of: $0, findings), .trailing) })
        if let untrained {
            table.append(["0"] + [String](repeating: Figures.loss(untrained), count: rows.count))
        }
        for step in steps {
            table.append(
                [String(step)]
                    + rows.map { Figures.loss($0.choice?.chosen.meanLoss(afterStep: step)) })
        }
        return table
    }

    /// The development loss before any step, from the zero-shot trial on the same model and data.
    static func untrainedLoss(for row: AccuracyTable.Row, _ findings: SuiteFindings) -> Double? {
        let cell = row.representative.cell
        return findings.accuracy.rows.first {
            let other = $0.representative.cell
            return other.method == .zeroShot && other.model == cell.model && other.workload == cell.workload
        }?.choice?.chosen.meanBestLoss
    }

    private static func heading(of row: AccuracyTable.Row, _ findings: SuiteFindings) -> String {
        let cell = row.representative
        let sparsity = cell.cell.droppedLayerCount > 0 ? " \(Figures.fixed(cell.sparsity, decimals: 2))" : ""
        return
            "\(findings.names.method(cell.cell))\(sparsity) at \(Figures.setting(row.choice?.chosen.learningRate))"
    }
}
