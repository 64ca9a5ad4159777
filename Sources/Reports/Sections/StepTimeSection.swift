import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// How long a step takes and where the time goes.
enum StepTimeSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        var blocks: [Report.Block] = []
        if !findings.roundTimes.isEmpty {
            blocks.append(.table(timeTable(findings)))
            blocks.append(.table(shareTable(findings)))
        } else if !findings.trainingTimes.isEmpty {
            blocks.append(.table(trainingTable(findings)))
        }
        return blocks
    }

    private static func timeTable(_ findings: SuiteFindings) -> Table {
        let summaries = findings.roundTimes
        var table = Table(
            name: "step-time",
            caption: MethodNames.caption(
                "Step time from interleaved rounds in fresh processes.", cells: summaries.map(\.cell)),
            columns: MethodNames.columns + [
                .init("rounds", .trailing), .init("steps", .trailing), .init("step (ms)", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("select (ms)", .trailing),
                .init("perturb (ms)", .trailing), .init("forward (ms)", .trailing),
                .init("update (ms)", .trailing),
                .init("peak memory (MiB)", .trailing),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: [
                "A round's value is the median of its steps; the table has medians over rounds, so phases add up to the "
                    + "step only nearly. Peak memory is the median over rounds."
            ] + tooFew(summaries) + remarks(summaries))
        for summary in summaries {
            table.append(
                findings.names.cells(summary.cell) + [
                    String(summary.unitCount), String(summary.stepCount),
                    Figures.milliseconds(summary.totalNanoseconds.median),
                    Figures.milliseconds(summary.totalNanoseconds.interval?.lower),
                    Figures.milliseconds(summary.totalNanoseconds.interval?.upper),
                    Figures.milliseconds(summary.phaseNanoseconds.select),
                    Figures.milliseconds(summary.phaseNanoseconds.perturb),
                    Figures.milliseconds(summary.phaseNanoseconds.forward),
                    Figures.milliseconds(summary.phaseNanoseconds.update),
                    Figures.mebibytes(ofMedian: summary.cell.medianPeakOfRounds),
                ])
        }
        return table
    }

    private static func shareTable(_ findings: SuiteFindings) -> Table {
        let summaries = findings.roundTimes
        var table = Table(
            name: "phase-shares",
            caption: MethodNames.caption(
                "Share of each phase in a step, in percent, from the same rounds.",
                cells: summaries.map(\.cell)),
            columns: MethodNames.columns + [
                .init("select", .trailing), .init("perturb", .trailing), .init("forward", .trailing),
                .init("update", .trailing), .init("perturb and update", .trailing),
                .init("95% low", .trailing),
                .init("95% high", .trailing),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: remarks(summaries) + reportedShare(findings))
        for summary in summaries {
            table.append(findings.names.cells(summary.cell) + shares(of: summary))
        }
        return table
    }

    /// What a paper says of the same share, which is about the passes of the reference plan.
    private static func reportedShare(_ findings: SuiteFindings) -> [String] {
        guard findings.roundTimes.contains(where: { $0.cell.cell.plan == .reference }),
            let share = findings.reportedOverheadShare
        else { return [] }
        return [
            "The paper says that perturb and update are \(share) of a MeZO step, not at which batch and length."
        ]
    }

    private static func trainingTable(_ findings: SuiteFindings) -> Table {
        let summaries = findings.trainingTimes
        var table = Table(
            name: "training-step-time",
            caption: MethodNames.caption(
                "Training steps, not interleaved: times of different rows were taken at different times and must not be "
                    + "divided by one another.", cells: summaries.map(\.cell)),
            columns: MethodNames.columns + [
                .init("learning rate", .trailing), .init("trials", .trailing), .init("steps", .trailing),
                .init("step (ms)", .trailing), .init("select (%)", .trailing),
                .init("perturb (%)", .trailing),
                .init("forward (%)", .trailing), .init("update (%)", .trailing),
                .init("perturb and update (%)", .trailing),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: remarks(summaries))
        for summary in summaries {
            table.append(
                findings.names.cells(summary.cell) + [
                    Figures.setting(summary.cell.cell.method.learningRate),
                    String(summary.unitCount), String(summary.stepCount),
                    Figures.milliseconds(summary.totalNanoseconds.median),
                ] + shares(of: summary).prefix(5))
        }
        return table
    }

    private static func shares(of summary: StepTimeSummary) -> [String] {
        [
            Figures.percent(summary.phaseShares.select), Figures.percent(summary.phaseShares.perturb),
            Figures.percent(summary.phaseShares.forward), Figures.percent(summary.phaseShares.update),
            Figures.percent(summary.overheadShare.median),
            Figures.percent(summary.overheadShare.interval?.lower),
            Figures.percent(summary.overheadShare.interval?.upper),
        ]
    }

    /// What must be said of step times and their phases wherever they are shown.
    static func remarks(_ summaries: [StepTimeSummary]) -> [String] {
        fusedPhases(summaries) + reasons(summaries)
    }

    /// What a phase is on a plan that does not do one after the other.
    private static func fusedPhases(_ summaries: [StepTimeSummary]) -> [String] {
        summaries.contains { $0.cell.cell.plan == .fused }
            ? [
                "On the fused plan perturb and update are the time that threads spend drawing and adding noise inside the "
                    + "one pass over the parameters, as a mean over the threads; forward is the rest of the step."
            ] : []
    }

    /// Why some intervals are missing.
    static func tooFew(_ summaries: [StepTimeSummary]) -> [String] {
        summaries.contains { $0.totalNanoseconds.interval == nil }
            ? ["Fewer than 6 rounds give no exact interval at 95%; none is printed for them."] : []
    }

    private static func reasons(_ summaries: [StepTimeSummary]) -> [String] {
        Set(summaries.compactMap(\.reasonAgainst)).sorted().map { "Not to be used: \($0)." }
    }
}
