import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// Times to a target in words.
///
/// Where LeZO misses the target more often than MeZO, no ratio of times is spoken of.
enum TimeToTargetWords {
    /// More comparisons than these are put together where they have no ratio.
    private static let mostSentences = 3

    /// One sentence a comparison; where they are many, one for all of a method that have no ratio of times.
    static func sentences(_ findings: SuiteFindings) -> [String] {
        let times = findings.timesToTarget
        let refused = times.filter { $0.product == nil && !$0.isTimingModelBroken }
        guard refused.count > mostSentences else { return times.map { sentence($0, findings) } }
        let others = times.filter { $0.product != nil || $0.isTimingModelBroken }
        let groups = Grouping.inOrder(refused) { time in
            let cell = time.candidate.representative
            return "\(cell.cell.model.words), \(findings.names.methodAndSparsity(cell))"
                + findings.names.planPhrase(cell.cell)
        }
        return others.map { sentence($0, findings) }
            + groups.map { subject, members in
                let reasons = Grouping.inOrder(members) { $0.reasonWithoutProduct ?? "a factor is missing" }
                let phrases = reasons.map { reason, alike in
                    "\(reason) (\(alike.map(\.candidate.representative.cell.workload.words).joined(separator: ", ")))"
                }
                return
                    "\(subject): no ratio of times to MeZO's score on \(Figures.count(members.count, "task")): "
                    + "\(phrases.joined(separator: "; "))."
            }
    }

    /// One sentence or two on a comparison: target, who reached it, factors and product.
    static func sentence(_ time: TimeToTarget, _ findings: SuiteFindings) -> String {
        let cell = time.candidate.representative
        let target =
            "\(cell.cell.model.words), \(findings.names.phrase(cell)): to the target of "
            + "\(Figures.percent(time.target.value))% on development examples (\(reached(time)))"
        let broken =
            time.isTimingModelBroken
            ? " The timing model is broken: training steps and rounds differ by more than 5%." : ""
        guard let product = time.product, let factor = time.stepCountFactor else {
            return
                "\(target) no ratio of times is given: \(time.reasonWithoutProduct ?? "a factor is missing").\(broken)"
        }
        let step = SpeedupOriginWords.ratio(
            time.stepTime?.measurement?.speedup, time.stepTime?.measurement?.interval)
        let count = SpeedupOriginWords.ratio(factor.ratio, factor.interval)
        let remarks = time.remarks(on: factor)
        return
            "\(target) MeZO takes \(SpeedupOriginWords.ratio(product.ratio, product.interval)) times as long as LeZO: step times "
            + "\(step) x step counts \(count)"
            + (remarks.isEmpty ? "" : "; \(remarks.joined(separator: "; "))")
            + ". \(conclusion(product, factor))\(broken)"
    }

    private static func reached(_ time: TimeToTarget) -> String {
        let (before, after) = (
            time.baselineReach?.successes ?? 0, time.candidateReach?.successes ?? 0
        )
        guard time.pairs.count == 1 else {
            let seeds = Figures.count(time.pairs.count, "seed")
            return "reached by MeZO in \(before) of \(seeds), by LeZO in \(after) of \(seeds)"
        }
        return switch (before, after) {
        case (0, 0): "reached by neither"
        case (0, _): "reached by LeZO, not by MeZO"
        case (_, 0): "reached by MeZO, not by LeZO"
        default: "reached by both"
        }
    }

    /// `4 of 5 (37.6 to 96.4%)`.
    static func reach(_ proportion: BinomialProportion?) -> String {
        guard let proportion else { return Figures.none }
        let interval = proportion.scoreInterval()
        return "\(proportion.successes) of \(proportion.trials) (\(Figures.percent(interval.lower)) to "
            + "\(Figures.percent(interval.upper))%)"
    }

    /// Two ends, of which the upper may be unbounded.
    static func range(_ lower: Double, _ upper: Double?) -> String {
        "\(Figures.ratio(lower)) to \(upper.map { Figures.ratio($0) } ?? "unbounded")"
    }

    /// What the interval says, also where the spacing of evaluations is drawn against it.
    private static func conclusion(_ product: FactorProduct, _ factor: StepCountFactor) -> String {
        guard let interval = product.interval else { return "No conclusion without an interval." }
        let isSpacingLarge = factor.spacingShare > StepCountFactor.negligibleSpacing
        let lowest =
            isSpacingLarge ? interval.lower * product.lowestForSpacing / product.ratio : interval.lower
        let highest =
            isSpacingLarge
            ? product.highestForSpacing.map { interval.upper * $0 / product.ratio } ?? .infinity
            : interval.upper
        let spacing = isSpacingLarge ? ", with what the spacing of evaluations leaves open" : ""
        if lowest > 1 { return "LeZO is sooner there\(spacing)." }
        if highest < 1 { return "LeZO is later there\(spacing)." }
        return "Neither is shown to be sooner\(spacing)."
    }
}

extension TimeToTarget {
    /// The ratio of step counts, nil where it was refused.
    var stepCountFactor: StepCountFactor? {
        if case .measured(let factor) = stepCount { factor } else { nil }
    }
}
