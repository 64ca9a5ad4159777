import Optimizers
package import ResultStore
package import Statistics
import Training

/// How much sooner LeZO reaches MeZO's development score, as a product of two factors, for one pair of rows.
package struct TimeToTarget: Sendable {
    /// A ratio of step counts, or the sentence that says why there is none.
    package enum StepCountOutcome: Sendable, Hashable {
        case measured(StepCountFactor)
        case refused(reason: String)
    }

    /// MeZO at its chosen learning rate.
    package let baseline: AccuracyTable.Row
    /// LeZO at its chosen learning rate.
    package let candidate: AccuracyTable.Row
    /// The target.
    package let target: ScoreTarget
    /// Pairs of trials with the same seeds, in table order.
    package let pairs: [SeedPair]
    /// The steps that every trial may take.
    package let budget: Int
    /// The ratio of step counts.
    package let stepCount: StepCountOutcome
    /// The speedup of a step; nil when no interleaved rounds compare the two.
    package let stepTime: StepSpeedup?
    /// The product of both; nil unless there are both.
    package let product: FactorProduct?
    /// The measured ratio of whole trainings.
    package let trainingTime: TrainingTimeRatio?
    /// Whether MeZO's trials took as long as its rounds say.
    package let baselineCheck: TimingModelCheck?
    /// Whether LeZO's did.
    package let candidateCheck: TimingModelCheck?

    /// Seeds of MeZO that reached the target, of all paired ones.
    package var baselineReach: BinomialProportion? { reach(\.baselineRun) }
    /// The same of LeZO.
    package var candidateReach: BinomialProportion? { reach(\.candidateRun) }

    /// Runs that reached the target at their last evaluation only, which no further one confirms.
    package var unconfirmedCount: Int {
        pairs.flatMap { [$0.baselineRun, $0.candidateRun] }.count {
            if case .reached(_, _, false) = $0 { true } else { false }
        }
    }

    /// Whether measured training times contradict the times of rounds.
    package var isTimingModelBroken: Bool {
        baselineCheck?.isBroken ?? false || candidateCheck?.isBroken ?? false
    }

    /// The comparison of two rows; nil when either has no choice of learning rate, or no pair of seeds is finished.
    ///
    /// - Parameter untrained: Zero-shot on the same model and data, whose development score is that of step 0; nil when it
    ///   was not evaluated.
    init?(
        baseline: AccuracyTable.Row, candidate: AccuracyTable.Row, untrained: AccuracyTable.Row?,
        snapshot: ResultSnapshot, speedups: [StepSpeedup]
    ) {
        guard let before = baseline.choice, let after = candidate.choice else { return nil }
        let bests = before.chosen.scores.compactMap { score in score.points.map(\.value).max() }
        let trials = SeedPair.trials(baseline: before.chosen.cell, candidate: after.chosen.cell)
        guard let target = ScoreTarget(baselineBests: bests), !trials.isEmpty else { return nil }
        let budget = after.chosen.cell.cell.schedule.steps
        let scores = Dictionary(
            (before.chosen.scores + after.chosen.scores).map { ($0.trialID, $0.points) },
            uniquingKeysWith: { first, _ in first })
        func run(_ trial: TrialResult) -> TargetRun {
            let points = Self.pointsBefore(trial, untrained: untrained) + (scores[trial.id] ?? [])
            return TargetRun(points: points, target: target, budget: budget)
        }
        pairs = trials.map {
            SeedPair(
                baseline: $0.baseline, candidate: $0.candidate, baselineRun: run($0.baseline),
                candidateRun: run($0.candidate))
        }
        self.baseline = baseline
        self.candidate = candidate
        self.target = target
        self.budget = budget
        let stepTime = speedups.first { Self.takesSameTime($0.candidate, after.chosen.cell) }
        let stepCount = Self.stepCount(of: pairs, budget: budget)
        self.stepTime = stepTime
        self.stepCount = stepCount
        product = Self.product(stepTime, stepCount)
        trainingTime = TrainingTimeRatio(pairs: pairs)
        func check(_ trials: [TrialResult], _ timed: CellResult?) -> TimingModelCheck? {
            TimingModelCheck(
                trials: trials, rounds: timed.flatMap { StepTimeSummary.rounds(of: $0, in: snapshot) })
        }
        baselineCheck = check(pairs.map(\.baseline), stepTime?.baseline)
        candidateCheck = check(pairs.map(\.candidate), stepTime?.candidate)
    }

    /// All comparisons of LeZO with MeZO that a snapshot allows, in table order.
    package static func all(
        in snapshot: ResultSnapshot, accuracy: AccuracyTable, speedups: [StepSpeedup]
    ) -> [TimeToTarget] {
        accuracy.rows.filter { $0.representative.cell.droppedLayerCount > 0 }.compactMap { row in
            accuracy.baseline(of: row).flatMap {
                TimeToTarget(
                    baseline: $0, candidate: row, untrained: accuracy.baseline(of: $0), snapshot: snapshot,
                    speedups: speedups)
            }
        }
    }

    /// What the untrained model scored on the development examples of a trial.
    private static func pointsBefore(
        _ trial: TrialResult, untrained: AccuracyTable.Row?
    ) -> [DevelopmentScore.Point] {
        guard let candidate = untrained?.choice?.chosen,
            let zeroShot = candidate.cell.trials.first(where: { $0.dataSeed == trial.dataSeed })
        else { return [] }
        return candidate.scores.first { $0.trialID == zeroShot.id }?.points ?? []
    }

    /// Step sizes cost no time, so a cell that differs in nothing else was timed for both.
    private static func takesSameTime(_ timed: CellResult, _ cell: CellResult) -> Bool {
        TimingComparability(timed.cell) == TimingComparability(cell.cell)
            && timed.cell.droppedLayerCount == cell.cell.droppedLayerCount
    }

    private static func product(_ stepTime: StepSpeedup?, _ stepCount: StepCountOutcome) -> FactorProduct? {
        guard let measurement = stepTime?.measurement, case .measured(let factor) = stepCount else {
            return nil
        }
        return FactorProduct(
            stepSpeedup: measurement.speedup, stepInterval: measurement.interval, stepCount: factor)
    }

    private static func stepCount(of pairs: [SeedPair], budget: Int) -> StepCountOutcome {
        let (before, after) = (pairs.map(\.baselineRun), pairs.map(\.candidateRun))
        if (before + after).contains(where: { $0.reachedStep == 0 }) {
            return .refused(reason: "the untrained model reaches the target already")
        }
        let missed = (before.count { !$0.isReached }, after.count { !$0.isReached })
        if missed.1 > missed.0 {
            return .refused(
                reason: pairs.count == 1
                    ? "LeZO missed the target and MeZO did not"
                    : "LeZO missed the target in \(missed.1) of \(pairs.count) and MeZO in \(missed.0)")
        }
        guard let factor = StepCountFactor(baseline: before, candidate: after, budget: budget) else {
            return .refused(reason: "neither held the target in two evaluations running or at the last")
        }
        return .measured(factor)
    }

    private func reach(_ run: (SeedPair) -> TargetRun) -> BinomialProportion? {
        BinomialProportion(successes: pairs.count { run($0).isReached }, trials: pairs.count)
    }
}
