import RandomStreams
import Statistics

/// Bootstrap intervals over test examples, drawn from one fixed seed, so that the same scores give the same interval.
package enum ExampleBootstrap {
    /// The seed of the draws; reports name it.
    package static let seed: UInt64 = 0
    /// Resamples of an interval.
    package static let replicateCount = 10_000

    /// The bias-corrected and accelerated interval of the mean behind example scores, at 95 %; nil for fewer than two.
    static func meanInterval(of scores: [Double]) -> Interval? {
        var integers = UniformIntegers(seed: seed, purpose: .resampling)
        return bootstrapMeanInterval(
            of: scores, replicateCount: replicateCount, draw: { integers.next(below: $0) })
    }
}
