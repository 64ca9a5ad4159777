import Foundation
package import Statistics
package import Suites

/// G0: what the timing gate makes of a program held against itself, again and again.
///
/// Nothing differs, so every flagged cell is a false alarm of this machine. A machine whose alarms cannot be put down to
/// the stated level may not gate, and neither may one that would miss what the policy asks to be found.
package struct TimingCalibration: Sendable, Hashable {
    /// Gates held.
    package let gateCount: Int
    /// Gates in which the first stage flagged at least one cell.
    package let alarmCount: Int
    /// The exact interval of the chance of an alarm at 95%.
    package let alarmInterval: Interval
    /// The slowdown that the policy asks to be found.
    package let requiredDetectable: Double
    /// The chance that the policy states.
    package let statedSignificance: Double
    /// For each cell the standard deviation of its log ratios over all gates; nil for fewer than two rounds.
    package let deviations: [Double?]
    /// For each cell the median over gates of the smallest slowdown that would have been found.
    package let smallestDetectable: [Double?]

    /// The calibration from the cells of each gate; nil without a gate.
    ///
    /// - Parameter gates: For each gate the log ratios of each cell, in the same order of cells.
    package init?(gates: [[[Double]]], policy: GatePolicy.Timing) {
        let judged = gates.map { cells in
            TimingGate(cells.map { TimingGate.Samples(firstStage: $0) }, policy: policy)
        }
        let alarms = judged.count { !$0.flagged.isEmpty }
        guard let rate = BinomialProportion(successes: alarms, trials: judged.count), let first = gates.first
        else { return nil }
        gateCount = judged.count
        alarmCount = alarms
        alarmInterval = rate.exactInterval()
        statedSignificance = policy.significance
        requiredDetectable = policy.detectable
        deviations = first.indices.map { cell in
            standardDeviation(of: gates.flatMap { $0.indices.contains(cell) ? $0[cell] : [] })
        }
        smallestDetectable = first.indices.map { cell in
            median(
                of: judged.compactMap {
                    $0.cells.indices.contains(cell) ? $0.cells[cell].smallestDetectable : nil
                })
        }
    }

    /// How many gates without an alarm show at 95% that the rate is at most `significance`.
    ///
    /// The upper end of Clopper and Pearson's interval without a success is `1 - 0.025^(1 / n)`.
    package static func gatesToShow(_ significance: Double) -> Int {
        Int((log(0.025) / log(1 - significance)).rounded(.up))
    }

    /// Whether the alarms seen can be put down to the stated level.
    package var keepsStatedRate: Bool { alarmInterval.lower <= statedSignificance }

    /// The largest of the slowdowns that would just be found, over cells; nil where one is unknown for too few rounds.
    package var worstDetectable: Double? {
        smallestDetectable.contains { $0 == nil } ? nil : smallestDetectable.compactMap { $0 }.max()
    }

    /// Whether a slowdown of the size that the policy asks for would be found in every cell.
    package var seesWhatIsAskedFor: Bool { worstDetectable.map { $0 <= requiredDetectable } ?? false }

    /// Whether the machine may gate: it cries wolf no more often than stated, and sees what it is asked to see.
    package var isTrustworthy: Bool { keepsStatedRate && seesWhatIsAskedFor }
}
