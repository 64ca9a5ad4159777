import Foundation
import Optimizers
import ResultStore
import Training

/// Rounds of one cell in two databases that were taken in turns on one machine.
///
/// Nobody needs to say that they were: the database has when each round ended and how long its steps took. Two rounds of
/// one number are a pair when no other round of the cell ended between them, and when the steps of the later one began
/// after the earlier one had ended; rounds of two days, or of two machines at once, do not pass.
enum TimedPair {
    /// The pairs, by round.
    static func all(baseline: CellResult, candidate: CellResult) -> [RoundPair] {
        let all = RoundPair.all(baseline: baseline, candidate: candidate)
        return all.filter { $0.wasTakenInTurns && !$0.isApart(from: all) }
    }
}

extension RoundPair {
    /// The logarithm of the candidate's median step time over the baseline's; nil when a time is missing or 0.
    var logRatio: Double? {
        guard let before = baseline.medianStepNanoseconds, let after = candidate.medianStepNanoseconds,
            before > 0, after > 0
        else { return nil }
        return log(after / before)
    }

    /// Whether the steps of the later round of the two began after the earlier round was stored.
    fileprivate var wasTakenInTurns: Bool {
        guard let first = baseline.recordedNanoseconds, let second = candidate.recordedNanoseconds else {
            return false
        }
        let later = first < second ? candidate : baseline
        let steps = later.stepNanoseconds.reduce(0, +)
        return first != second && abs(second - first) >= steps
    }
}
