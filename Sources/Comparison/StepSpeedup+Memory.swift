import Foundation
import ResultStore
package import Statistics

extension StepSpeedup {
    /// The logarithm of LeZO's peak memory over MeZO's, over the rounds that both have; nil without such rounds.
    package var peakMemoryLogRatio: HodgesLehmann? {
        let byRound = Dictionary(
            baseline.timedRounds.map { ($0.round, $0.peakResidentBytes) },
            uniquingKeysWith: { first, _ in first })
        return HodgesLehmann(
            differences: candidate.timedRounds.sorted { $0.round < $1.round }.compactMap { round in
                guard let bytes = byRound[round.round], bytes > 0, round.peakResidentBytes > 0 else {
                    return nil
                }
                return log(Double(round.peakResidentBytes) / Double(bytes))
            })
    }
}
