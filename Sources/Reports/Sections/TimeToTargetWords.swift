import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// Times to a target in words.
///
/// Where LeZO misses the target more often than MeZO, no ratio of times is spoken of.
enum TimeToTargetWords {
    /// More comparisons than these are put together.
    private static let mostSentences = 3

    /// One sentence a comparison; where they are many, one for all that have no ratio of times, and one for all sparsities of
    /// a method on one task that have.
    static func sentences(_ findings: SuiteFindings) -> [String] {
        let times = findings.timesToTarget
        let refused = times.filter { $0.product == nil && !$0.isTimingModelBroken }
        let others = times.filter { $0.product != nil || $0.isTimingModelBroken }
        let measured = Grouping.inOrder(others) { time in
            let cell = time.candidate.representative.cell
            return "\(cell.model.words), \(findings.names.method(cell)) \(MethodNames.place(cell))"
                + findings.names.planPhrase(cell)
        }.flatMap { subject, members in
            members.count > mostSentences
                ? [sparsities(members, subject: subject)] : members.map { sentence($0, findings) }
        }
        guard refused.count > mostSentences else {
            return measured + refused.map { sentence($0, findings) }
        }
        return measured + refusals(refused, findings)
    }

    /// One sentence for each method whose comparisons have no ratio of times; of several tasks, for each sparsity.
    private static func refusals(_ refused: [TimeToTarget], _ findings: SuiteFindings) -> [String] {
        let tasks = Set(refused.map(\.candidate.representative.cell.workload))
        func subject(_ time: TimeToTarget) -> String {
            let cell = time.candidate.representative
            let name =
                tasks.count == 1
                ? "\(findings.names.method(cell.cell)) \(MethodNames.place(cell.cell))"
                : findings.names.methodAndSparsity(cell)
            return "\(cell.cell.model.words), \(name)\(findings.names.planPhrase(cell.cell))"
        }
        func place(_ time: TimeToTarget) -> String {
            let cell = time.candidate.representative
            return tasks.count == 1 ? Figures.fixed(cell.sparsity, decimals: 2) : cell.cell.workload.words
        }
        return Grouping.inOrder(refused, by: subject).map { subject, members in
            let reasons = Grouping.inOrder(members) { $0.reasonWithoutProduct ?? "a factor is missing" }
            let phrases = reasons.map { reason, alike in
                "\(reason) (\(alike.map(place).joined(separator: ", ")))"
            }
            let count =
                tasks.count == 1
                ? "at \(Figures.count(members.count, "sparsity", "sparsities"))"
                : "on \(Figures.count(members.count, "task"))"
            return
                "\(subject): no ratio of times to MeZO's score \(count): \(phrases.joined(separator: "; "))."
        }
    }

    /// The sparsities at which one of the two is shown to be sooner, and how many others there are.
    private static func sparsities(_ times: [TimeToTarget], subject: String) -> String {
        func sparsity(_ time: TimeToTarget) -> String {
            Figures.fixed(time.candidate.representative.sparsity, decimals: 2)
        }
        let decided = times.compactMap { time -> String? in
            guard let product = time.product, let interval = product.decidingInterval, !interval.contains(1)
            else { return nil }
            return "\(SpeedupOriginWords.ratio(product.ratio, interval)) times as long at \(sparsity(time))"
        }
        let rest = times.count - decided.count
        let phrases = [
            decided.isEmpty ? nil : "MeZO takes \(Figures.joined(decided))",
            rest == 0
                ? nil
                : decided.isEmpty
                    ? "neither is shown to be sooner"
                    : "at the other \(rest == 1 ? "one" : String(rest)) neither is shown to be sooner",
        ].compactMap { $0 }
        let spacing =
            times.contains { $0.product?.isSpacingLarge ?? false }
            ? ", with what the spacing of evaluations leaves open" : ""
        let apart = times.filter(\.isTimingModelBroken).map(sparsity)
        let broken =
            apart.isEmpty
            ? ""
            : " At \(Figures.joined(apart)) training steps and timed rounds differ by more than 5%, so the ratio of rounds "
                + "does not describe the training."
        return
            "\(subject), to MeZO's score at \(Figures.count(times.count, "sparsity", "sparsities")): "
            + "\(phrases.joined(separator: "; "))\(spacing).\(broken)"
    }

    /// One sentence or two on a comparison: target, who reached it, factors and product.
    static func sentence(_ time: TimeToTarget, _ findings: SuiteFindings) -> String {
        let cell = time.candidate.representative
        let target =
            "\(cell.cell.model.words), \(findings.names.phrase(cell)): to the target of "
            + "\(Figures.percent(time.target.value))% on development examples (\(reached(time)))"
        let broken =
            time.timesOfTrainingAgainstRounds.map { " \(Figures.sentence($0))." } ?? ""
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
            + ". \(conclusion(product))\(broken)"
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
    private static func conclusion(_ product: FactorProduct) -> String {
        guard product.interval != nil else { return "No conclusion without an interval." }
        let spacing = product.isSpacingLarge ? ", with what the spacing of evaluations leaves open" : ""
        guard let interval = product.decidingInterval else {
            return "Evaluations are too far apart for a conclusion."
        }
        if interval.lower > 1 { return "LeZO is sooner there\(spacing)." }
        if interval.upper < 1 { return "LeZO is later there\(spacing)." }
        return "Neither is shown to be sooner\(spacing)."
    }
}

extension TimeToTarget {
    /// The ratio of step counts, nil where it was refused.
    var stepCountFactor: StepCountFactor? {
        if case .measured(let factor) = stepCount { factor } else { nil }
    }
}
