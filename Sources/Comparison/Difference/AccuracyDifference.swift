package import ResultStore
package import Statistics
import Training

/// The test score of one cell in two databases, over the trials with the same seeds.
///
/// Where both sides answered the same examples the comparison is paired on them. With one pair of trials the noise is
/// that of the examples; with several the interval is the wider of those over examples and over seeds, and the p-value the
/// larger, so that a difference counts only when it stands out of both.
package struct AccuracyDifference: Sendable, Hashable {
    /// How the interval and the p-value were made.
    package enum Procedure: String, Sendable, Hashable {
        /// Both sides gave the same answer on every example: there is nothing to test.
        case sameAnswers
        /// One pair, right or wrong on the same examples: Bonett and Price's interval, McNemar's exact test.
        case pairedShares
        /// One pair, graded answers to the same examples: accelerated bootstrap, Student's t over examples.
        case pairedScores
        /// Several pairs on the same examples: Student's t over seeds and over examples, the less certain of the two.
        case pairedSeeds
        /// One pair, right or wrong on other examples: Newcombe's interval, score test.
        case independentShares
        /// One pair, graded answers to other examples: Welch's test, no interval.
        case independentScores
        /// Several pairs on other examples: Student's t over seeds.
        case seedsOnly
    }

    /// `accuracy`, `f1` or `exact_match`.
    package let metric: String
    /// The mean over seeds in the baseline, in 0...1.
    package let baselineValue: Double
    /// The mean over seeds in the candidate, in 0...1.
    package let candidateValue: Double
    /// Pairs of trials.
    package let seedCount: Int
    /// Test examples of a trial.
    package let exampleCount: Int
    /// Examples that only the baseline has right, over all pairs; nil unless right or wrong on the same examples.
    package let onlyBaselineRight: Int?
    /// Examples that only the candidate has right.
    package let onlyCandidateRight: Int?
    /// How interval and p-value were made.
    package let procedure: Procedure
    /// The interval of candidate minus baseline at 95%; nil when none can be given.
    package let interval: Interval?
    /// The two-sided p-value of no difference; nil when there is too little for one.
    package let pValue: Double?

    /// Candidate minus baseline, in -1...1.
    package var difference: Double { candidateValue - baselineValue }

    /// A difference up to this many points counts as the same: one percentage point.
    package static let margin = 0.01

    /// The difference, nil when no trial of the cell is done and tested on both sides.
    ///
    /// - Parameter haveSameData: Whether both sides drew from the same archives, so that equal identities are equal
    ///   examples.
    package init?(baseline: CellResult, candidate: CellResult, haveSameData: Bool) {
        self.init(ScoredPair.all(baseline: baseline, candidate: candidate), haveSameData: haveSameData)
    }

    /// The difference in the share of generated answers that are accepted ones; nil where none were generated.
    static func ofExactMatches(
        baseline: CellResult, candidate: CellResult, haveSameData: Bool
    ) -> AccuracyDifference? {
        let pairs = ScoredPair.all(baseline: baseline, candidate: candidate)
        let graded = pairs.compactMap(\.byExactMatch)
        return graded.count == pairs.count ? AccuracyDifference(graded, haveSameData: haveSameData) : nil
    }

    private init?(_ pairs: [ScoredPair], haveSameData: Bool) {
        guard let first = pairs.first, let before = mean(of: pairs.map(\.baseline.value)),
            let after = mean(of: pairs.map(\.candidate.value))
        else { return nil }
        metric = first.baseline.metric
        baselineValue = before
        candidateValue = after
        seedCount = pairs.count
        exampleCount = first.baseline.exampleCount
        let rows = haveSameData ? pairs.compactMap(\.exampleDifferences) : []
        let isBinary = first.baseline.intervalKind == .exactBinomial
        let result: Result
        if rows.count == pairs.count {
            onlyBaselineRight = isBinary ? rows.reduce(0) { $0 + $1.count { $0 < 0 } } : nil
            onlyCandidateRight = isBinary ? rows.reduce(0) { $0 + $1.count { $0 > 0 } } : nil
            result = Self.paired(rows, isBinary: isBinary)
        } else {
            onlyBaselineRight = nil
            onlyCandidateRight = nil
            result = Self.independent(pairs, isBinary: isBinary)
        }
        procedure = result.procedure
        interval = result.interval
        pValue = result.pValue
    }

    /// The verdict, given the p-value after Holm's correction.
    func verdict(adjustedPValue: Double?) -> ChangeVerdict {
        if procedure == .sameAnswers { return .same }
        return ChangeVerdict(
            change: difference, interval: interval, adjustedPValue: adjustedPValue, margin: Self.margin,
            count: seedCount == 1 ? exampleCount : seedCount)
    }

    private struct Result {
        var procedure: Procedure
        var interval: Interval?
        var pValue: Double?
    }

    private static func paired(_ rows: [[Double]], isBinary: Bool) -> Result {
        if rows.allSatisfy({ $0.allSatisfy { $0 == 0 } }) {
            return Result(procedure: .sameAnswers, interval: nil, pValue: 1)
        }
        guard rows.count == 1, let row = rows.first else { return overSeeds(rows) }
        guard isBinary else {
            return Result(
                procedure: .pairedScores, interval: ExampleBootstrap.meanInterval(of: row),
                pValue: studentMeanPValue(of: row))
        }
        let lost = row.count { $0 < 0 }
        let gained = row.count { $0 > 0 }
        return Result(
            procedure: .pairedShares,
            interval: pairedDifferenceInterval(
                onlyFirstRight: lost, onlySecondRight: gained, count: row.count),
            pValue: mcNemarPValue(onlyFirstRight: lost, onlySecondRight: gained))
    }

    private static func overSeeds(_ rows: [[Double]]) -> Result {
        let seeds = rows.compactMap { mean(of: $0) }
        let width = rows.map(\.count).min() ?? 0
        let isRectangular = rows.allSatisfy { $0.count == width }
        let examples =
            isRectangular
            ? (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) } : []
        let intervals = [seeds, examples].compactMap { studentMeanInterval(of: $0) }
        let pValues = [seeds, examples].compactMap { studentMeanPValue(of: $0) }
        return Result(
            procedure: .pairedSeeds, interval: intervals.max { $0.upper - $0.lower < $1.upper - $1.lower },
            pValue: pValues.max())
    }

    private static func independent(_ pairs: [ScoredPair], isBinary: Bool) -> Result {
        guard pairs.count == 1, let pair = pairs.first else {
            let differences = pairs.map(\.difference)
            return Result(
                procedure: .seedsOnly, interval: studentMeanInterval(of: differences),
                pValue: studentMeanPValue(of: differences))
        }
        guard isBinary else {
            return Result(
                procedure: .independentScores, interval: nil,
                pValue: WelchDifference(pair.baseline.scores.inKeyOrder, pair.candidate.scores.inKeyOrder)?
                    .pValue())
        }
        guard let first = pair.baseline.share, let second = pair.candidate.share else {
            return Result(procedure: .independentShares, interval: nil, pValue: nil)
        }
        return Result(
            procedure: .independentShares, interval: independentDifferenceInterval(first, second),
            pValue: independentDifferencePValue(first, second))
    }
}

extension TestScore {
    /// The share of right answers as a count of examples.
    fileprivate var share: BinomialProportion? {
        Int(exactly: (value * Double(exampleCount)).rounded()).flatMap {
            BinomialProportion(successes: $0, trials: exampleCount)
        }
    }
}

extension [String: Double] {
    /// The values, so ordered that sums over them have the same bits each time.
    fileprivate var inKeyOrder: [Double] { sorted { $0.key < $1.key }.map(\.value) }
}
