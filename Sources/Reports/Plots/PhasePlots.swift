import Comparison
import Optimizers
import Plots
import ResultStore
import Statistics
import Training

/// The share of each phase in a step, one plot for each model and plan.
enum PhasePlots {
    static func all(_ findings: SuiteFindings) -> [Plot] {
        let summaries = findings.roundTimes.isEmpty ? findings.trainingTimes : findings.roundTimes
        return Grouping.inOrder(summaries) {
            "\($0.cell.cell.model.words), \($0.cell.cell.plan.rawValue) plan"
        }.map { subject, members in plot(members, subject: subject, findings) }
    }

    private static func plot(
        _ summaries: [StepTimeSummary], subject: String, _ findings: SuiteFindings
    ) -> Plot {
        let groups = Grouping.inOrder(summaries) { $0.cell.cell.workload.words }.map { workload, members in
            BarChart.Group(
                title: workload,
                // Cells that differ in step sizes only would say the same again.
                bars: Grouping.inOrder(members) { PlotWords.method($0.cell, findings) }
                    .compactMap { label, same in same.first.map { bar(of: $0, label: label) } })
        }
        let saving =
            summaries.allSatisfy { $0.cell.cell.plan == .fused }
            ? "Perturb and update shrink with sparsity, and forward a little: a layer left out needs no perturbed copies."
            : "Only perturb and update shrink with sparsity."
        let isInterleaved = summaries.allSatisfy { $0.source == .interleavedRounds }
        let source =
            isInterleaved
            ? "Medians over timing rounds in fresh processes." : "Medians over the steps of training."
        let reasons = Set(summaries.compactMap(\.reasonAgainst)).sorted().map { " Not to be used: \($0)." }
        let figures = groups.map { group in
            "\(group.title): " + group.bars.map { "\($0.label) \($0.note)%" }.joined(separator: "; ")
        }
        return Plot(
            name: "phases \(subject)", title: "Where a step's time goes, \(subject)",
            subtitle: "\(saving) \(source)\(reasons.joined())",
            description:
                "Stacked bars of the shares of perturb, update, forward and select in a step. Perturb and update together, "
                + "in percent with 95% interval: \(figures.joined(separator: ". ")).",
            chart: .bars(
                BarChart(
                    axis: Axis(title: "share of a step (%)", including: [0, 100]),
                    segments: ["perturb", "update", "forward", "select"],
                    noteTitle: "perturb and update (%)", groups: groups)))
    }

    private static func bar(of summary: StepTimeSummary, label: String) -> BarChart.Bar {
        let shares = summary.phaseShares
        let values = [shares.perturb, shares.update, shares.forward, shares.select]
        let sum = values.reduce(0, +)
        let ends = Figures.ends(summary.overheadShare.interval) { Figures.percent($0) }.map { " (\($0))" }
        return BarChart.Bar(
            label: label,
            // Medians of shares add up only nearly; a bar is the whole step.
            values: values.map { sum > 0 ? 100 * $0 / sum : 0 },
            note: Figures.percent(summary.overheadShare.median) + (ends ?? ""))
    }
}
