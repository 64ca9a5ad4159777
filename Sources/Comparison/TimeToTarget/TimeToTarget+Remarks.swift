import Foundation

extension TimeToTarget {
    /// Why there is no product of factors, nil where there is one.
    package var reasonWithoutProduct: String? {
        if case .refused(let reason) = stepCount { return reason }
        guard let stepTime else { return "the step was not timed in interleaved rounds" }
        if case .refused(let reason) = stepTime.outcome {
            return "the speedup of a step is missing: \(reason)"
        }
        return nil
    }

    /// Why the ratio of rounds does not describe the training, nil where it does.
    package var timesOfTrainingAgainstRounds: String? {
        guard isTimingModelBroken else { return nil }
        let candidate = candidateCheck.map { Self.factor($0.ratio) + " (LeZO)" }
        let baseline = baselineCheck.map { Self.factor($0.ratio) + " (MeZO)" }
        return "training steps took " + [candidate, baseline].compactMap { $0 }.joined(separator: " and ")
            + " times as long as timed rounds, so the ratio of rounds does not describe the training"
    }

    private static func factor(_ ratio: Double) -> String { String(format: "%.2f", ratio) }

    /// What a reader must know of a ratio of step counts, in phrases.
    package func remarks(on factor: StepCountFactor) -> [String] {
        var remarks: [String] = []
        switch factor.kind {
        case .singlePair: remarks.append("one seed: no interval")
        case .studentOnLogarithms:
            remarks.append("\(factor.pairCount) seeds: Student's t on logarithms, assumes normality")
        case .signedRank: break
        case .restrictedMeans:
            remarks.append(
                factor.interval == nil
                    ? "some seeds missed the target: ratio of restricted means, too few seeds for its interval"
                    : "some seeds missed the target: ratio of restricted means, bootstrap over seeds with seed "
                        + "\(StepCountFactor.bootstrapSeed)")
        }
        if factor.spacingShare > StepCountFactor.negligibleSpacing {
            remarks.append(
                "evaluations are up to \(Int((100 * factor.spacingShare).rounded()))% of the steps apart")
        }
        if unconfirmedCount > 0 {
            remarks.append(
                "\(unconfirmedCount) of \(2 * pairs.count) runs reached it at their last evaluation, which none confirms"
            )
        }
        return remarks
    }
}
