package import ResultStore
import Statistics
import Training

/// The peak resident memory of one cell's processes in two databases.
package struct MemoryDifference: Sendable, Hashable {
    /// Bytes in the baseline: the median over rounds, or over trials where a side has no rounds.
    package let baselineBytes: Double
    /// Bytes in the candidate.
    package let candidateBytes: Double

    /// The candidate's peak over the baseline's.
    package var ratio: Double { candidateBytes / baselineBytes }

    /// A ratio up to this, or down to its inverse, counts as the same: pages are shared and freed at the system's leisure.
    package static let tolerance = 0.01

    /// What is said of it; peaks repeat within the tolerance, so no test is needed.
    package var verdict: ChangeVerdict {
        if ratio > 1 + Self.tolerance { return .higher }
        return ratio < 1 / (1 + Self.tolerance) ? .lower : .same
    }

    /// The difference, nil when a side has no peak.
    package init?(baseline: CellResult, candidate: CellResult) {
        let ofRounds = (baseline.peaksOfRounds, candidate.peaksOfRounds)
        let haveRounds = !ofRounds.0.isEmpty && !ofRounds.1.isEmpty
        let peaks = haveRounds ? ofRounds : (Self.peaks(ofTrials: baseline), Self.peaks(ofTrials: candidate))
        guard let first = median(of: peaks.0), let second = median(of: peaks.1) else { return nil }
        baselineBytes = first
        candidateBytes = second
    }

    private static func peaks(ofTrials cell: CellResult) -> [Double] {
        cell.trials.compactMap(\.summary).map { Double($0.peakResidentBytes) }.filter { $0 > 0 }
    }
}
