package import Comparison
import Optimizers
package import ResultStore
import Statistics
import Training

/// The report of one suite: what was run and on what, what came out of it with intervals, and what is missing.
package enum SuiteReport {
    /// The report of a snapshot; the same snapshot and ledger give the same report, plots included, to the byte.
    package static func make(from snapshot: ResultSnapshot, claims: ClaimsLedger) -> Report {
        let findings = SuiteFindings(snapshot: snapshot, ledger: claims)
        let plots = SuitePlots(findings)
        let sections = [
            Report.Section(title: "In short", blocks: SummarySection.blocks(findings)),
            Report.Section(title: "What was run, and on what", blocks: CircumstancesSection.blocks(findings)),
            Report.Section(title: "Data and weights", blocks: DataSection.blocks(findings)),
            Report.Section(
                title: "Scores by task",
                blocks: PaperTableSection.blocks(findings) + SuitePlots.blocks(plots.scores)),
            Report.Section(title: "Accuracy", blocks: AccuracySection.blocks(findings)),
            Report.Section(
                title: "Choice of the learning rate",
                blocks: LearningRateSection.blocks(findings) + SuitePlots.blocks(plots.losses)),
            Report.Section(
                title: "Step time by phase",
                blocks: StepTimeSection.blocks(findings) + GradientStepSection.blocks(findings)
                    + SuitePlots.blocks(plots.phases)),
            Report.Section(
                title: "Speedup of a step",
                blocks: SpeedupSection.blocks(findings) + SuitePlots.blocks(plots.speedups)),
            Report.Section(
                title: "Overhead and speedup by length",
                blocks: TokenSection.blocks(findings) + SuitePlots.blocks(plots.overheads)),
            Report.Section(
                title: "Where a speedup comes from", blocks: SpeedupOriginSection.blocks(findings)),
            Report.Section(title: "Time to MeZO's score", blocks: TimeToTargetSection.blocks(findings)),
            Report.Section(
                title: "Fused plan over reference plan", blocks: PlanSection.blocks(findings)),
            Report.Section(title: "Memory", blocks: MemorySection.blocks(findings)),
            Report.Section(title: "Reported figures beside ours", blocks: ClaimsSection.blocks(findings)),
            Report.Section(title: "Trials", blocks: TrialsSection.blocks(findings)),
            Report.Section(title: "Missing, partial or failed", blocks: GapsSection.blocks(findings)),
        ]
        let title = snapshot.title.isEmpty ? snapshot.suiteName : "\(snapshot.suiteName): \(snapshot.title)"
        return Report(
            title: title, sections: sections.filter { !$0.blocks.isEmpty }, footer: footer(of: findings))
    }

    private static func footer(of findings: SuiteFindings) -> [String] {
        [
            "How it was made: by lezobench from the results database alone; the same database gives the same text.",
            "Intervals are at 95%. A step time is the median of its rounds with the exact order-statistic interval. A "
                + "speedup is the Hodges-Lehmann estimate over the log ratios of interleaved rounds with the exact "
                + "signed-rank interval. "
                + (findings.accuracy.rows.isEmpty ? "" : "An accuracy's interval is Clopper and Pearson's. ")
                + coverage(rounds: findings.progress.mostRounds)
                + " A step is the sum of its four phases; drawing the batch is not counted.",
            "Amdahl's bound is 1 / (1 - perturb and update share x share of parameters left out). It assumes that "
                + "perturb and update shrink in proportion to the parameters left out and that the forward passes do "
                + "not change. With all layers left out, embeddings, final norm and head are still tuned; that bound is "
                + "taken at the upper end of the share's interval."
                + (findings.cells.contains { $0.cell.plan == .fused }
                    ? " The bound is of the reference plan's cost model. On the fused plan a layer left out is also multiplied without scratch copies of its weights, so "
                        + "none is given there." : ""),
        ]
    }

    /// What exact intervals really cover with so many rounds.
    private static func coverage(rounds: Int) -> String {
        let sentence = "Exact intervals cover at least 95%"
        guard let median = exactMedianCoverage(count: rounds),
            let speedup = HodgesLehmann.exactCoverage(count: rounds)
        else { return sentence + "." }
        return "\(sentence) (with \(rounds) rounds, \(Figures.percent(median))% for a median and "
            + "\(Figures.percent(speedup))% for a speedup; the latter assumes log ratios symmetric about their centre)."
    }
}
