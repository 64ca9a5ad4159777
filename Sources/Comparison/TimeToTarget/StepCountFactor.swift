import Foundation
import RandomStreams
package import Statistics

/// The baseline's steps to a target over those of the method in question, from pairs of seeds.
package struct StepCountFactor: Sendable, Hashable {
    /// How the ratio and its interval were made.
    package enum Kind: Sendable, Hashable {
        /// One pair of seeds: a ratio without an interval.
        case singlePair
        /// Two to five pairs: Student's t on the logarithms, which assumes normality.
        case studentOnLogarithms
        /// Six or more pairs: Hodges and Lehmann's estimate with the exact signed-rank interval.
        case signedRank
        /// Some seeds missed: the ratio of the restricted mean steps up to the budget, with a bootstrap over seeds.
        case restrictedMeans
    }

    /// The ratio; above 1 the method in question needs fewer steps.
    package let ratio: Double
    /// Its interval at 95%; nil where there are too few seeds.
    package let interval: Interval?
    /// How both were made.
    package let kind: Kind
    /// Pairs of seeds.
    package let pairCount: Int
    /// The ratio when each baseline's seed reached the target right after the evaluation before, the other side's not.
    package let lowestForSpacing: Double
    /// The ratio when it is the other way round; nil where that is unbounded.
    package let highestForSpacing: Double?
    /// The largest distance of two evaluations over the steps at which the target was reached, over all runs.
    package let spacingShare: Double

    /// The seed of the bootstrap.
    package static let bootstrapSeed: UInt64 = 20_240_410
    /// Resamples of the bootstrap.
    package static let replicateCount = 10_000
    /// A spacing below this share of the steps needs no second thought.
    package static let negligibleSpacing = 0.05

    /// The factor of at least one pair; nil when neither side ever reaches the target.
    package init?(
        baseline: [TargetRun], candidate: [TargetRun], budget: Int,
        replicateCount: Int = StepCountFactor.replicateCount
    ) {
        guard baseline.count == candidate.count, !baseline.isEmpty else { return nil }
        let runs = baseline + candidate
        guard runs.contains(where: \.isReached) else { return nil }
        pairCount = baseline.count
        spacingShare = runs.compactMap(\.spacingShare).max() ?? 0
        let isWhole = runs.allSatisfy(\.isReached)
        func ratio(_ before: SpacingEnd, _ after: SpacingEnd) -> Double {
            isWhole
                ? Self.centre(Self.logRatios(baseline, candidate, before, after))
                : Self.restrictedMeanRatio(baseline, candidate, budget: budget, before, after)
        }
        let ratioAsRecorded = ratio(.atEvaluation, .atEvaluation)
        guard ratioAsRecorded.isFinite, ratioAsRecorded > 0 else { return nil }
        self.ratio = ratioAsRecorded
        lowestForSpacing = ratio(.afterPrevious, .atEvaluation)
        let highest = ratio(.atEvaluation, .afterPrevious)
        highestForSpacing = highest.isFinite ? highest : nil
        guard isWhole else {
            kind = .restrictedMeans
            interval = Self.bootstrapInterval(
                baseline, candidate, budget: budget, replicateCount: replicateCount)
            return
        }
        let logRatios = Self.logRatios(baseline, candidate, .atEvaluation, .atEvaluation)
        kind =
            logRatios.count == 1
            ? .singlePair : logRatios.count < Self.fewestForRanks ? .studentOnLogarithms : .signedRank
        interval =
            switch kind {
            case .singlePair, .restrictedMeans: nil
            case .studentOnLogarithms: studentMeanInterval(of: logRatios)?.mapped(increasing: { exp($0) })
            case .signedRank: HodgesLehmann(differences: logRatios)?.ratioInterval
            }
    }

    /// Fewer pairs give no exact interval at 95%, and no bootstrap worth the name.
    private static let fewestForRanks = HodgesLehmann.smallestCount(confidence: 0.95)

    /// `ln(baseline's steps / candidate's steps)` of each pair; both must have reached.
    private static func logRatios(
        _ baseline: [TargetRun], _ candidate: [TargetRun], _ before: SpacingEnd, _ after: SpacingEnd
    ) -> [Double] {
        zip(baseline, candidate).compactMap { first, second in
            first.steps(before).flatMap { first in second.steps(after).map { log(first / $0) } }
        }
    }

    private static func centre(_ logRatios: [Double]) -> Double {
        let middle =
            logRatios.count < fewestForRanks
            ? mean(of: logRatios) : HodgesLehmann(differences: logRatios)?.estimate
        return exp(middle ?? .nan)
    }

    private static func restrictedMeanRatio(
        _ baseline: [TargetRun], _ candidate: [TargetRun], budget: Int, _ before: SpacingEnd,
        _ after: SpacingEnd
    ) -> Double {
        EndsOfRuns(baseline, budget: budget, before).restrictedMean(of: baseline.indices)
            / EndsOfRuns(candidate, budget: budget, after).restrictedMean(of: candidate.indices)
    }

    /// Seeds are drawn in pairs, so that both sides see the same draws.
    private static func bootstrapInterval(
        _ baseline: [TargetRun], _ candidate: [TargetRun], budget: Int, replicateCount: Int
    ) -> Interval? {
        guard baseline.count >= fewestForRanks else { return nil }
        let baselineEnds = EndsOfRuns(baseline, budget: budget, .atEvaluation)
        let candidateEnds = EndsOfRuns(candidate, budget: budget, .atEvaluation)
        var draws = UniformIntegers(seed: bootstrapSeed, purpose: .resampling)
        return StratifiedBootstrap(
            strataSizes: [baseline.count], replicateCount: replicateCount, draw: { draws.next(below: $0) },
            statistic: { chosen in
                baselineEnds.restrictedMean(of: chosen[0]) / candidateEnds.restrictedMean(of: chosen[0])
            })?.percentileInterval()
    }
}
