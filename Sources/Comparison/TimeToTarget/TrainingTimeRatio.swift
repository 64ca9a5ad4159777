import Foundation
import ResultStore
package import Statistics
import Training

/// The baseline's measured time of a whole training over that of the method in question, with as many steps.
///
/// Trials are run one after the other, so what drifts on the machine between them is not in the interval.
package struct TrainingTimeRatio: Sendable, Hashable {
    /// The ratio, over pairs of seeds.
    package let ratio: Double
    /// Its interval at 95%: exact signed-rank from six pairs on, Student's t on the logarithms for two to five; nil for
    /// one pair.
    package let interval: Interval?
    /// Pairs of seeds.
    package let pairCount: Int

    /// The ratio of finished pairs of trials; nil without any that took as many steps on both sides.
    package init?(pairs: [SeedPair]) {
        let logRatios = pairs.compactMap { pair -> Double? in
            guard pair.baseline.steps.count == pair.candidate.steps.count,
                let before = pair.baseline.trainingNanoseconds,
                let after = pair.candidate.trainingNanoseconds,
                before > 0, after > 0
            else { return nil }
            return log(Double(before) / Double(after))
        }
        guard let middle = mean(of: logRatios) else { return nil }
        pairCount = logRatios.count
        if let estimate = HodgesLehmann(differences: logRatios), estimate.interval != nil {
            ratio = estimate.ratio
            interval = estimate.ratioInterval
        } else {
            ratio = exp(middle)
            interval = studentMeanInterval(of: logRatios)?.mapped(increasing: { exp($0) })
        }
    }
}
