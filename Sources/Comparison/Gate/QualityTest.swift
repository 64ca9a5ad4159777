import Statistics
package import Suites

/// Whether a candidate's test scores are worse than a baseline's by more than a margin, shown not to be, or neither.
///
/// With one pair of trials the examples are the sample: right and wrong by Bonett and Price, graded answers by Student's
/// t. With several pairs the seeds are: Student's t together with its sign-flip companion shows that the candidate is not
/// inferior. That it is must be shown over seeds and over examples, as a few seeds may agree by chance: the p-value is the
/// larger of Student's over both, and where the seeds do not vary at all, which leaves Student's nothing to go by, that of
/// the sign flips takes its place.
package struct QualityTest: Sendable, Hashable {
    /// Candidate minus baseline, in -1...1.
    package let difference: Double
    /// The one-sided lower bound of it; nil when the answers are the same.
    package let lowerBound: Double?
    /// Whether every answer is the same.
    package let hasSameAnswers: Bool
    /// Whether it is shown that the candidate is not worse by more than the margin.
    package let isNonInferior: Bool
    /// The one-sided p-value that it is not worse by more than the margin: small when it is.
    package let inferiorityPValue: Double
    /// Pairs of seeds that would show it with a power of 80% if nothing differs; nil for one pair and when unknown.
    package let seedsNeeded: Int?

    /// The test, nil without differences.
    ///
    /// - Parameters:
    ///   - rows: One row a pair of trials: candidate minus baseline for each example.
    ///   - isBinary: Whether examples are scored as right or wrong.
    package init?(rows: [[Double]], isBinary: Bool, policy: GatePolicy.Quality) {
        let margin = policy.marginPoints / 100
        let seeds = rows.compactMap { mean(of: $0) }
        guard let difference = mean(of: seeds), seeds.count == rows.count else { return nil }
        self.difference = difference
        hasSameAnswers = rows.allSatisfy { $0.allSatisfy { $0 == 0 } }
        let result: Result
        if hasSameAnswers {
            result = Result(lowerBound: nil, isNonInferior: true, inferiorityPValue: 1)
        } else if rows.count > 1 {
            result = Self.overSeeds(rows, seeds: seeds, margin: margin, significance: policy.significance)
        } else if isBinary {
            result = Self.shares(rows[0], margin: margin, significance: policy.significance)
        } else {
            result = Self.overExamples(rows[0], margin: margin, significance: policy.significance)
        }
        lowerBound = result.lowerBound
        isNonInferior = result.isNonInferior
        inferiorityPValue = result.inferiorityPValue
        seedsNeeded =
            rows.count > 1
            ? standardDeviation(of: seeds).flatMap {
                SampleSize.seedsForNonInferiority(
                    atHand: rows.count, deviation: $0, margin: margin, significance: policy.significance)
            } : nil
    }

    private struct Result {
        var lowerBound: Double?
        var isNonInferior: Bool
        var inferiorityPValue: Double
    }

    private static func shares(_ row: [Double], margin: Double, significance: Double) -> Result {
        let lost = row.count { $0 < 0 }
        let gained = row.count { $0 > 0 }
        let interval = pairedDifferenceInterval(
            onlyFirstRight: lost, onlySecondRight: gained, count: row.count, confidence: 1 - 2 * significance)
        return Result(
            lowerBound: interval.lower, isNonInferior: interval.lower > -margin,
            inferiorityPValue: pairedInferiorityPValue(
                onlyBaselineRight: lost, onlyCandidateRight: gained, count: row.count, margin: margin))
    }

    private static func overExamples(_ row: [Double], margin: Double, significance: Double) -> Result {
        let lower = studentMeanInterval(of: row, confidence: 1 - 2 * significance)?.lower
        return Result(
            lowerBound: lower, isNonInferior: (lower ?? -.infinity) > -margin,
            inferiorityPValue: pValueBelow(row, margin: margin))
    }

    private static func overSeeds(
        _ rows: [[Double]], seeds: [Double], margin: Double, significance: Double
    ) -> Result {
        let test = NonInferiority.overSeeds(seeds, margin: margin, significance: significance)
        let shifted = seeds.map { $0 + margin }
        var pValues = [studentPValueBelow(shifted) ?? signFlipPValueBelow(shifted)]
        if let examples = Self.meanOfEachExample(rows) {
            pValues.append(studentPValueBelow(examples.map { $0 + margin }))
        }
        return Result(
            lowerBound: test?.lowerBound, isNonInferior: test?.isNonInferior ?? false,
            inferiorityPValue: pValues.compactMap { $0 }.max() ?? 1)
    }

    /// Each example's difference over all seeds; nil where seeds have different numbers of examples.
    private static func meanOfEachExample(_ rows: [[Double]]) -> [Double]? {
        guard let width = rows.first?.count, rows.allSatisfy({ $0.count == width }) else { return nil }
        return (0..<width).map { column in
            rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
        }
    }

    /// Student's t that the mean is at least `-margin`, one-sided; 1 where it has nothing to go by.
    private static func pValueBelow(_ values: [Double], margin: Double) -> Double {
        studentPValueBelow(values.map { $0 + margin }) ?? 1
    }
}
