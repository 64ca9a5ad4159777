import Foundation
package import Statistics
package import Suites

/// Whether a candidate's steps take longer than a baseline's by more than a margin, cell by cell, with a stated chance of
/// a false alarm over all cells together.
///
/// For each cell the exact one-sided signed-rank test of `d - ln(1 + margin)`, with `d` the log ratios of candidate over
/// baseline in interleaved rounds; Holm's correction over all cells flags some; fresh rounds of the flagged cells confirm
/// them by the same test at a stricter level, corrected over the flagged. Only what is flagged and confirmed is slower.
///
/// Were the two stages independent, a false alarm would need both; the host may drift through both, so what is promised is
/// the level of the first alone.
package struct TimingGate: Sendable, Hashable {
    /// The rounds of one cell.
    package struct Samples: Sendable, Hashable {
        /// Log ratios of the first stage.
        package var firstStage: [Double]
        /// Log ratios of the confirmation; empty while it was not taken.
        package var confirmation: [Double]

        /// Samples of both stages.
        package init(firstStage: [Double], confirmation: [Double] = []) {
            self.firstStage = firstStage
            self.confirmation = confirmation
        }
    }

    /// What is found of one cell.
    package enum Finding: Sendable, Hashable {
        /// Not slower, as far as could be seen.
        case passed
        /// Fewer rounds than could ever flag a cell.
        case tooFewRounds(needed: Int)
        /// A slowdown of the size that the policy asks for could have been missed.
        case tooNoisy
        /// Flagged by the first stage; the confirmation is still to be taken.
        case flagged
        /// Flagged, but fresh rounds did not confirm it.
        case notConfirmed
        /// Flagged and confirmed.
        case slower
    }

    /// The judgement of one cell.
    package struct Cell: Sendable, Hashable {
        /// Rounds of the first stage.
        package let rounds: Int
        /// The Hodges-Lehmann estimate of the log ratio in the first stage with its interval; nil without rounds.
        package let estimate: HodgesLehmann?
        /// The standard deviation of the log ratios; nil for fewer than two.
        package let deviation: Double?
        /// The p-value of the first stage after Holm's correction.
        package let pValue: Double
        /// The p-value of the confirmation after Holm's correction; nil when it was not taken.
        package let confirmationPValue: Double?
        /// The share by which a step must become longer to be found with a power of 80%; nil for fewer than two rounds.
        package let smallestDetectable: Double?
        /// What is found.
        package let finding: Finding
    }

    /// One judgement for each cell, in the order given.
    package let cells: [Cell]

    /// Judges cells.
    package init(_ samples: [Samples], policy: GatePolicy.Timing) {
        let margin = log(1 + policy.margin)
        func pValue(_ logRatios: [Double]) -> Double {
            SignedRankTest(differences: logRatios.map { $0 - margin }).pValueAbove
        }
        let first = holmAdjusted(samples.map { pValue($0.firstStage) })
        let flagged = samples.indices.filter { first[$0] <= policy.significance }
        let second = Dictionary(
            zip(flagged, holmAdjusted(flagged.map { pValue(samples[$0].confirmation) })),
            uniquingKeysWith: { first, _ in first })
        let needed = Self.roundsNeeded(cells: samples.count, significance: policy.significance)
        cells = samples.indices.map { index in
            let logRatios = samples[index].firstStage
            let deviation = standardDeviation(of: logRatios)
            let detectable = deviation.map {
                exp(
                    SampleSize.smallestDetectableShift(
                        pairs: logRatios.count, deviation: $0, margin: margin,
                        significance: policy.significance / Double(samples.count))) - 1
            }
            let isTaken = !samples[index].confirmation.isEmpty
            let finding: Finding =
                if let confirmed = second[index] {
                    !isTaken ? .flagged : confirmed <= policy.confirmation ? .slower : .notConfirmed
                } else if logRatios.count < needed {
                    .tooFewRounds(needed: needed)
                } else if let detectable, detectable <= policy.detectable {
                    .passed
                } else {
                    .tooNoisy
                }
            return Cell(
                rounds: logRatios.count, estimate: HodgesLehmann(differences: logRatios),
                deviation: deviation, pValue: first[index],
                confirmationPValue: isTaken ? second[index] : nil, smallestDetectable: detectable,
                finding: finding)
        }
    }

    /// The fewest rounds with which Holm's first comparison can succeed: `2^-n <= significance / cells`.
    package static func roundsNeeded(cells: Int, significance: Double) -> Int {
        var rounds = 1
        var smallest = 0.5
        while smallest > significance / Double(max(1, cells)) {
            rounds += 1
            smallest /= 2
        }
        return rounds
    }

    /// The cells that the first stage flags, whatever the confirmation says.
    package var flagged: [Int] {
        cells.indices.filter { [.flagged, .notConfirmed, .slower].contains(cells[$0].finding) }
    }
}
