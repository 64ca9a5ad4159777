import Comparison
import ResultStore
import Statistics
import Training

/// How much sooner LeZO reaches MeZO's development score, as the product of two factors.
enum TimeToTargetSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        findings.timesToTarget.isEmpty ? [] : [.table(table(findings))]
    }

    private static func table(_ findings: SuiteFindings) -> Table {
        let times = findings.timesToTarget
        var table = Table(
            name: "time-to-target",
            caption:
                "MeZO's time over LeZO's to the same development score: ratio of step times times ratio of step counts; beside "
                + "it the ratio of whole trainings as measured.",
            columns: MethodNames.columns + [
                .init("target (%)", .trailing), .init("reached, MeZO"), .init("reached, LeZO"),
                .init("step time", .trailing), .init("step count", .trailing),
                .init("count, by spacing", .trailing), .init("product", .trailing),
                .init("product, by spacing", .trailing), .init("whole training", .trailing),
                .init("trials over rounds, MeZO", .trailing), .init("trials over rounds, LeZO", .trailing),
            ], keyColumnCount: MethodNames.columns.count, footnotes: footnotes(times))
        for time in times {
            let factor = time.stepCountFactor
            table.append(
                findings.names.cells(time.candidate.representative) + [
                    Figures.percent(time.target.value), TimeToTargetWords.reach(time.baselineReach),
                    TimeToTargetWords.reach(time.candidateReach),
                    SpeedupOriginWords.ratio(
                        time.stepTime?.measurement?.speedup, time.stepTime?.measurement?.interval),
                    SpeedupOriginWords.ratio(factor?.ratio, factor?.interval),
                    factor.map {
                        TimeToTargetWords.range($0.lowestForSpacing, $0.highestForSpacing)
                    } ?? Figures.none,
                    SpeedupOriginWords.ratio(time.product?.ratio, time.product?.interval),
                    time.product.map {
                        TimeToTargetWords.range($0.lowestForSpacing, $0.highestForSpacing)
                    } ?? Figures.none,
                    time.trainingTime?.interval.map {
                        SpeedupOriginWords.ratio(time.trainingTime?.ratio, $0)
                    } ?? Figures.none,
                    Figures.ratio(time.baselineCheck?.ratio), Figures.ratio(time.candidateCheck?.ratio),
                ])
        }
        return table
    }

    private static func footnotes(_ times: [TimeToTarget]) -> [String] {
        var notes = [
            "The target is the median over seeds of MeZO's best development score, minus \(slackWords(times)). It is reached at "
                + "the first evaluation at or above it whose next one is not below. Reached: seeds of all paired ones, with "
                + "Wilson's 95% interval. The untrained model's score counts as that of step 0. With few development examples the slack is "
                + "less than one of them. Learning rates are those that development examples chose.",
            "Where a target is reached is known to the spacing of evaluations only; by spacing is what that leaves open, with the "
                + "one side as late and the other as early as possible.",
            "Intervals in brackets are at 95%: of step times the exact signed-rank one over rounds; of step counts the same over "
                + "six seeds or more, Student's t on logarithms for two to five (which assumes normality), none for one; the "
                + "variances of the two logarithms add.",
            "Clock: training steps; evaluation, loading and writing are not counted. Trials ran one after the other, so drift of "
                + "the machine is not in the interval of whole trainings, and one pair of trials gives no ratio of them.",
            "Trials over rounds: the measured time of a trial's steps over the rounds' step time times steps; more than 5% apart, "
                + "and the ratio of rounds does not describe the training of the cell.",
        ]
        if times.contains(where: { $0.stepCountFactor?.kind == .restrictedMeans }) {
            notes.append(
                "Where some seeds missed the target, the ratio of step counts is that of the Kaplan-Meier restricted means up to "
                    + "the budget; its interval is a bootstrap over pairs of seeds (\(StepCountFactor.replicateCount) resamples, "
                    + "seed \(StepCountFactor.bootstrapSeed)). Where LeZO missed it more often than MeZO, no ratio is given."
            )
        }
        return notes
    }

    private static func slackWords(_ times: [TimeToTarget]) -> String {
        let points = 100 * (times.first?.target.slack ?? 0)
        return "\(Figures.fixed(points, decimals: 0)) point\(points == 1 ? "" : "s")"
    }
}
