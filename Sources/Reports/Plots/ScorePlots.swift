import Comparison
import Plots
import ResultStore
import Statistics
import Training

/// Scores on test examples with their intervals, one plot for each model.
enum ScorePlots {
    static func all(_ findings: SuiteFindings) -> [Plot] {
        Grouping.inOrder(findings.accuracy.rows) { $0.representative.cell.model.words }
            .compactMap { model, rows in plot(rows, model: model, findings) }
    }

    private static func plot(_ rows: [AccuracyTable.Row], model: String, _ findings: SuiteFindings) -> Plot? {
        guard rows.contains(where: { !$0.scores.isEmpty }) else { return nil }
        let groups = Grouping.inOrder(rows) { $0.representative.cell.workload.words }
            .map { task, rows in group(rows, task: task, findings) }
        let hasSeeds = rows.contains { $0.scores.count > 1 }
        let interval =
            hasSeeds
            ? "Bars: 95% interval, Student's t over seeds where there are several, else over test examples."
            : "Bars: 95% interval over the test examples of one seed."
        let figures = groups.map { group in
            "\(group.title): "
                + group.rows.map { "\($0.label) \($0.note)" }.joined(separator: "; ")
        }
        return Plot(
            name: "scores \(model)", title: "Scores on test examples, \(model)",
            subtitle: "\(interval) Learning rate and step were chosen on development examples.",
            description: "Scores in percent with 95% intervals. \(figures.joined(separator: ". ")).",
            chart: .intervals(
                IntervalChart(
                    axis: Axis(title: "score (%)"),
                    referenceLabel: "always the most frequent right answer", sampleLabel: "one seed",
                    noteTitle: "score, 95% interval", groups: groups)))
    }

    private static func group(
        _ rows: [AccuracyTable.Row], task: String, _ findings: SuiteFindings
    ) -> IntervalChart.Group {
        let scores = rows.flatMap(\.scores)
        let metric = scores.first.map { $0.metric == "accuracy" ? "accuracy" : $0.metric.uppercased() }
        return IntervalChart.Group(
            title: task + (metric.map { " (\($0))" } ?? ""),
            reference: mean(of: scores.compactMap(\.majorityShare)).map { 100 * $0 },
            // What takes no steps follows no plan, so it stands before those that do.
            rows: (rows.filter { !$0.representative.cell.takesSteps }
                + rows.filter(\.representative.cell.takesSteps)).map { row(of: $0, findings) })
    }

    private static func row(of row: AccuracyTable.Row, _ findings: SuiteFindings) -> IntervalChart.Row {
        let cell = row.representative
        let values = row.scores.map(\.value)
        let interval = row.interval
        let ends = Figures.ends(interval) { Figures.percent($0) }.map { " (\($0))" }
        return IntervalChart.Row(
            label: PlotWords.method(cell, findings) + findings.names.planPhrase(cell.cell),
            value: row.meanValue.map { 100 * $0 }, low: interval.map { 100 * $0.lower },
            high: interval.map { 100 * $0.upper },
            samples: values.count > 1 ? values.map { 100 * $0 } : [],
            note: row.meanValue.map { Figures.percent($0) + (ends ?? "") } ?? "no result")
    }
}
