import Statistics

/// When the runs of one method ended, at the target or at the budget, sorted once so that thousands of resamples of them
/// need only to be counted.
struct EndsOfRuns {
    private let budget: Double
    /// The steps at which runs ended, ascending, each once.
    private let times: [Double]
    /// Of each run, the place of its end in `times` and whether it reached the target.
    private let ends: [(place: Int, isReached: Bool)]

    /// The ends of runs that were given `budget` steps.
    init(_ runs: [TargetRun], budget: Int, _ end: SpacingEnd) {
        let steps = runs.map { $0.steps(end) ?? Double(budget) }
        let times = Set(steps).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(times, times.indices))
        self.budget = Double(budget)
        self.times = times
        ends = zip(runs, steps).map { (places[$1, default: 0], $0.isReached) }
    }

    /// The mean steps up to the budget of the runs with these indices, which may repeat; NaN where it is not known.
    func restrictedMean(of chosen: some Sequence<Int>) -> Double {
        var counts = [KaplanMeier.Count](repeating: KaplanMeier.Count(), count: times.count)
        for run in chosen {
            if ends[run].isReached {
                counts[ends[run].place].events += 1
            } else {
                counts[ends[run].place].withdrawals += 1
            }
        }
        return KaplanMeier(times: times, counts: counts)?.restrictedMean(to: budget)?.value ?? .nan
    }
}

/// Where between two evaluations a target was reached: it is known only that it was somewhere there.
enum SpacingEnd {
    case afterPrevious
    case atEvaluation
}

extension TargetRun {
    /// The steps at an end of the spacing; nil when the target was missed.
    func steps(_ end: SpacingEnd) -> Double? {
        guard case .reached(let step, let previousStep, _) = self else { return nil }
        return Double(end == .atEvaluation ? step : previousStep)
    }

    /// The distance of the evaluation that saw the target reached from the one before, over its step; nil when it was missed.
    var spacingShare: Double? {
        guard case .reached(let step, let previousStep, _) = self, step > 0 else { return nil }
        return Double(step - previousStep) / Double(step)
    }
}
