import Optimizers
import ResultStore
package import Statistics
import Training

/// One method against another on the very same test examples, one pair of trials with the same seeds.
package struct PairedAccuracy: Sendable {
    /// The trial that is held against: MeZO, or zero-shot.
    package let baseline: TestScore
    /// The trial in question: LeZO, MeZO or fine-tuning.
    package let candidate: TestScore
    /// Examples that both answered.
    package let exampleCount: Int
    /// Examples that only the baseline has right.
    package let onlyBaselineRight: Int
    /// Examples that only the candidate has right.
    package let onlyCandidateRight: Int
    /// McNemar's exact two-sided p-value.
    package let pValue: Double

    /// The interval of the difference at 95%, over test examples.
    package let interval: Interval

    /// The candidate's accuracy minus the baseline's on these examples, in -1...1.
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
        interval = pairedDifferenceInterval(
            onlyFirstRight: counts.onlyBaseline, onlySecondRight: counts.onlyCandidate, count: counts.shared)
        pValue = mcNemarPValue(onlyFirstRight: counts.onlyBaseline, onlySecondRight: counts.onlyCandidate)
    }
}

extension AccuracyTable {
    /// A LeZO row with its pairs against MeZO, or a row of MeZO or fine-tuning with its pairs against zero-shot.
    package struct PairedRow: Sendable {
        /// The row in question.
        package let row: Row
        /// The row that it is held against.
        package let baseline: Row
        /// One pair for each seed that both finished.
        package let pairs: [PairedAccuracy]
    }

    /// The row that another one is held against: MeZO for LeZO, zero-shot for MeZO and fine-tuning; nil where there is
    /// none.
    func baseline(of row: Row) -> Row? {
        rows.first { Self.isBaseline($0.representative.cell, of: row) }
    }

    /// All rows that have at least one pair, in table order.
    package var pairedRows: [PairedRow] {
        rows.compactMap { row in
            guard let baseline = baseline(of: row) else { return nil }
            // Zero-shot draws no noise, so the same data is enough.
            let usesNoise = baseline.representative.cell.method.takesSteps
            let exact = baseline.scores.bySeeds
            let ofData = Dictionary(
                baseline.scores.map { ($0.trial.dataSeed, $0) }, uniquingKeysWith: { first, _ in first })
            let pairs = row.scores.compactMap { score in
                (usesNoise ? exact[score.trial.seeds] : ofData[score.trial.dataSeed])
                    .flatMap { PairedAccuracy(baseline: $0, candidate: score) }
            }
            return pairs.isEmpty ? nil : PairedRow(row: row, baseline: baseline, pairs: pairs)
        }
    }

    /// MeZO with the same schedule for LeZO; zero-shot on the same model and data, whatever the plan, for MeZO,
    /// linear probing and fine-tuning.
    private static func isBaseline(_ baseline: Cell, of row: Row) -> Bool {
        let cell = row.representative.cell
        guard cell.method.takesSteps || cell.method == .linearProbe else { return false }
        guard var settings = cell.method.zerothOrderSettings, settings.droppedLayerCount > 0 else {
            return baseline.method == .zeroShot && baseline.model == cell.model
                && baseline.workload == cell.workload
        }
        settings.droppedLayerCount = 0
        var expected = cell
        expected.method = .zerothOrder(settings)
        return baseline.method != .zeroShot && MethodKey(expected) == MethodKey(baseline)
    }
}
