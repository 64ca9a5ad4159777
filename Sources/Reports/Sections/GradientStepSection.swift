import Comparison
import ResultStore
import Statistics
import Training

/// How long a step of fine-tuning takes and where the time goes.
enum GradientStepSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let summaries = findings.gradientTimes
        guard !summaries.isEmpty else { return [] }
        var table = Table(
            name: "gradient-step-time",
            caption: MethodNames.caption(
                "Step time of fine-tuning by gradients.", cells: summaries.map(\.cell)),
            columns: MethodNames.columns + [
                .init("from"), .init("steps", .trailing), .init("step (ms)", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("forward (ms)", .trailing),
                .init("backward (ms)", .trailing), .init("update (ms)", .trailing),
            ], keyColumnCount: MethodNames.columns.count, footnotes: footnotes(summaries))
        for summary in summaries {
            table.append(
                findings.names.cells(summary.cell) + [
                    units(of: summary), String(summary.stepCount),
                    Figures.milliseconds(summary.totalNanoseconds.median),
                    Figures.milliseconds(summary.totalNanoseconds.interval?.lower),
                    Figures.milliseconds(summary.totalNanoseconds.interval?.upper),
                    Figures.milliseconds(summary.forwardNanoseconds),
                    Figures.milliseconds(summary.backwardNanoseconds),
                    Figures.milliseconds(summary.updateNanoseconds),
                ])
        }
        return [.table(table)]
    }

    private static func units(of summary: GradientStepSummary) -> String {
        Figures.count(summary.unitCount, summary.source == .interleavedRounds ? "round" : "trial")
    }

    private static func footnotes(_ summaries: [GradientStepSummary]) -> [String] {
        var notes = [
            "A round's or trial's value is the median of its steps; the table has medians over these, so phases add up to "
                + "the step only nearly. Backward holds the clearing of the gradient and, where activations are "
                + "recomputed, the forward passes that are done again."
        ]
        if summaries.contains(where: { $0.source == .trainingSteps }) {
            notes.append(
                "Trials are not interleaved: their times must not be divided by those of other rows.")
        }
        return notes + Set(summaries.compactMap(\.reasonAgainst)).sorted().map { "Not to be used: \($0)." }
    }
}
