/// The bias-corrected and accelerated bootstrap interval of the mean behind values, such as F1 scores of test examples.
///
/// F1 scores pile up at 0 and 1, so their mean has no exact interval and Student's t is a guess. Nil for fewer than two
/// values. Where all values are equal the interval is that value.
///
/// - Parameter draw: A uniform integer in `0..<bound`; see ``StratifiedBootstrap``.
package func bootstrapMeanInterval(
    of values: [Double], confidence: Double = 0.95, replicateCount: Int = 10_000, draw: (_ bound: Int) -> Int
) -> Interval? {
    guard values.count > 1, let first = values.first else { return nil }
    if values.allSatisfy({ $0 == first }) {
        return Interval(lower: first, upper: first, coverage: confidence)
    }
    let bootstrap = StratifiedBootstrap(
        strataSizes: [values.count], replicateCount: replicateCount, draw: draw,
        statistic: { chosen in
            chosen[0].reduce(0) { $0 + values[$1] } / Double(chosen[0].count)
        })
    return bootstrap?.acceleratedInterval(confidence: confidence)
}
