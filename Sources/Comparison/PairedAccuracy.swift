import Optimizers
import ResultStore
import Statistics
import Training

/// LeZO against MeZO on the very same test examples, one pair of trials with the same seeds.
package struct PairedAccuracy: Sendable {
    /// The MeZO trial.
    package let baseline: TestScore
    /// The LeZO trial.
    package let candidate: TestScore
    /// Examples that both answered.
    package let exampleCount: Int
    /// Examples that only MeZO has right.
    package let onlyBaselineRight: Int
    /// Examples that only LeZO has right.
    package let onlyCandidateRight: Int
    /// McNemar's exact two-sided p-value.
    package let pValue: Double

    /// LeZO's accuracy minus MeZO's on these examples, in -1...1.
    package var difference: Double {
        Double(onlyCandidateRight - onlyBaselineRight) / Double(exampleCount)
    }

    /// The comparison of two trials scored by right and wrong; nil when they share no example or are scored otherwise.
    package init?(baseline: TestScore, candidate: TestScore) {
        guard baseline.intervalKind == .exactBinomial, candidate.intervalKind == .exactBinomial else {
            return nil
        }
        var counts = (shared: 0, onlyBaseline: 0, onlyCandidate: 0)
        for (example, score) in baseline.scores {
            guard let other = candidate.scores[example] else { continue }
            counts.shared += 1
            if score == 1, other != 1 { counts.onlyBaseline += 1 }
            if score != 1, other == 1 { counts.onlyCandidate += 1 }
        }
        guard counts.shared > 0 else { return nil }
        self.baseline = baseline
        self.candidate = candidate
        exampleCount = counts.shared
        onlyBaselineRight = counts.onlyBaseline
        onlyCandidateRight = counts.onlyCandidate
        pValue = mcNemarPValue(onlyFirstRight: counts.onlyBaseline, onlySecondRight: counts.onlyCandidate)
    }
}

extension AccuracyTable {
    /// A LeZO row with its pairs against the MeZO row of the same model, task, plan and schedule.
    package struct PairedRow: Sendable {
        /// The LeZO row.
        package let row: Row
        /// One pair for each seed that both finished.
        package let pairs: [PairedAccuracy]
    }

    /// All LeZO rows that have at least one pair, in table order.
    package var pairedRows: [PairedRow] {
        rows.compactMap { row in
            let cell = row.representative.cell
            guard let settings = cell.method.zerothOrderSettings, settings.droppedLayerCount > 0,
                let baseline = rows.first(where: { Self.isBaseline($0.representative.cell, of: cell) })
            else { return nil }
            let pairs = row.scores.compactMap { score in
                baseline.scores
                    .first {
                        $0.trial.dataSeed == score.trial.dataSeed
                            && $0.trial.noiseSeed == score.trial.noiseSeed
                    }
                    .flatMap { PairedAccuracy(baseline: $0, candidate: score) }
            }
            return pairs.isEmpty ? nil : PairedRow(row: row, pairs: pairs)
        }
    }

    private static func isBaseline(_ baseline: Cell, of cell: Cell) -> Bool {
        guard var settings = cell.method.zerothOrderSettings,
            baseline.method.zerothOrderSettings != nil
        else { return false }
        settings.droppedLayerCount = 0
        var expected = cell
        expected.method = .zerothOrder(settings)
        return MethodKey(expected) == MethodKey(baseline)
    }
}
