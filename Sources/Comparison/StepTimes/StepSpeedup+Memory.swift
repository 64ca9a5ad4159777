import Foundation
import ResultStore
package import Statistics

extension StepSpeedup {
    /// The logarithm of LeZO's peak memory over MeZO's, over the rounds that both have; nil without such rounds.
    package var peakMemoryLogRatio: HodgesLehmann? {
        HodgesLehmann(
            differences: RoundPair.all(baseline: baseline, candidate: candidate).compactMap { pair in
                let (before, after) = (pair.baseline.peakResidentBytes, pair.candidate.peakResidentBytes)
                return before > 0 && after > 0 ? log(Double(after) / Double(before)) : nil
            })
    }
}
