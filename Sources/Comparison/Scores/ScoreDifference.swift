import Foundation
import Optimizers
import ResultStore
package import Statistics
import Training

/// One method's test score minus another's, over trials with the same seeds and the same test examples.
///
/// Two things vary by chance: the seed that trained and the examples that were drawn for testing. With several seeds the
/// interval holds both: with Student's half-widths `h_s` over the seeds' differences and `h_e` over the examples' (each
/// example's mean over seeds), it is `d +- sqrt(h_s^2 + h_e^2)`, which counts what seed and example share twice and so is
/// on the safe side (Zou and Donner 2008 recover limits from single ones in this way). Where each seed draws examples of
/// its own, `h_s` holds both already. With one seed it is over examples alone.
package struct ScoreDifference: Sendable, Hashable {
    /// What the interval holds.
    package enum Scope: Sendable, Hashable {
        /// The draw of test examples, not the seed's luck.
        case examples
        /// Both.
        case seedsAndExamples
    }

    /// Pairs of trials.
    package let pairCount: Int
    /// Test examples that all pairs share, or those of all pairs together where each draws its own.
    package let exampleCount: Int
    /// The first score minus the second, in -1...1.
    package let difference: Double
    /// The interval at 95%; nil when it cannot be made, as when all seeds or all examples differ by the very same.
    package let interval: Interval?
    /// What the interval holds.
    package let scope: Scope

    /// Whether the interval leaves out 0.
    package var isDecided: Bool {
        interval.map { !$0.contains(0) } ?? false
    }

    /// The difference of two rows of one task; nil when no pair of trials has seeds and examples in common.
    package init?(_ first: AccuracyTable.Row, minus second: AccuracyTable.Row) {
        let pairs = Self.pairs(first, second)
        guard let middle = mean(of: pairs.map(\.difference)) else { return nil }
        pairCount = pairs.count
        difference = middle
        let shared = Self.sharedExamples(pairs)
        exampleCount = shared?.count ?? pairs.reduce(0) { $0 + $1.first.exampleCount }
        scope = pairs.count > 1 ? .seedsAndExamples : .examples
        let overExamples = shared.flatMap { Self.meanDifferences(pairs, examples: $0) }
        if pairs.count == 1, let pair = pairs.first,
            let binary = PairedAccuracy(baseline: pair.second, candidate: pair.first)
        {
            interval = binary.interval
        } else if pairs.count == 1 {
            interval = Self.halfWidth(of: overExamples ?? []).map { Self.interval(around: middle, $0) }
        } else {
            let seeds = Self.halfWidth(of: pairs.map(\.difference))
            // Without common examples the seeds' differences hold the draw of examples too.
            let examples = shared == nil ? 0 : Self.halfWidth(of: overExamples ?? [])
            interval = seeds.flatMap { seeds in
                examples.map { Self.interval(around: middle, (seeds * seeds + $0 * $0).squareRoot()) }
            }
        }
    }

    private struct Pair {
        let first: TestScore
        let second: TestScore
        var difference: Double { first.value - second.value }
    }

    /// Trials with the same seeds; an untrained model's one trial on the same data stands for all noise seeds.
    private static func pairs(_ first: AccuracyTable.Row, _ second: AccuracyTable.Row) -> [Pair] {
        // The row with more trials leads, so that each of them meets the one untrained trial.
        let isFlipped = second.scores.count > first.scores.count
        let (leading, other) = isFlipped ? (second, first) : (first, second)
        let bySeeds = other.scores.bySeeds
        let byData = Dictionary(grouping: other.scores, by: \.trial.dataSeed)
        return leading.scores.compactMap { score in
            let sameData = byData[score.trial.dataSeed, default: []]
            let untrained =
                other.representative.cell.takesSteps || sameData.count > 1 ? nil : sameData.first
            return (bySeeds[score.trial.seeds] ?? untrained)
                .map { isFlipped ? Pair(first: $0, second: score) : Pair(first: score, second: $0) }
        }
    }

    /// The examples of all trials, sorted; nil when they differ or were not stored.
    private static func sharedExamples(_ pairs: [Pair]) -> [String]? {
        guard let examples = pairs.first.map({ Set($0.first.scores.keys) }), !examples.isEmpty,
            Set(pairs.map(\.first.trial.dataSeed)).count == 1,
            pairs.allSatisfy({
                Set($0.first.scores.keys) == examples && Set($0.second.scores.keys) == examples
            })
        else { return nil }
        return examples.sorted()
    }

    private static func meanDifferences(_ pairs: [Pair], examples: [String]) -> [Double] {
        examples.compactMap { example in
            mean(
                of: pairs.compactMap { pair in
                    pair.first.scores[example].flatMap { first in
                        pair.second.scores[example].map { first - $0 }
                    }
                })
        }
    }

    /// Half of Student's interval; nil for fewer than two values, and for equal ones, whose interval would be a point.
    private static func halfWidth(of values: [Double]) -> Double? {
        studentMeanInterval(of: values).map { ($0.upper - $0.lower) / 2 }.flatMap { $0 > 0 ? $0 : nil }
    }

    private static func interval(around middle: Double, _ halfWidth: Double) -> Interval {
        Interval(lower: middle - halfWidth, upper: middle + halfWidth, coverage: 0.95)
    }
}
