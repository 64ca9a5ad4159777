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

/// The percentile interval of a mean over seeds and examples when both were drawn: the crossed bootstrap.
///
/// Each replicate draws as many rows (seeds) as there are and as many columns (examples), both with replacement, and takes
/// the mean of the values where they cross (Owen 2007, "The pigeonhole bootstrap"); for a difference of two methods the
/// values are the differences, so that both see the same draws. Wider, never shorter, than drawing either alone.
///
/// - Parameter rows: One row a seed, all of one length of at least 1; nil is the answer to anything else.
package func crossedBootstrapInterval(
    rows: [[Double]], confidence: Double = 0.95, replicateCount: Int = 10_000, draw: (_ bound: Int) -> Int
) -> Interval? {
    guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else { return nil }
    let bootstrap = StratifiedBootstrap(
        strataSizes: [rows.count, width], replicateCount: replicateCount, draw: draw,
        statistic: { chosen in
            var total = 0.0
            for row in chosen[0] {
                let values = rows[row]
                for column in chosen[1] { total += values[column] }
            }
            return total / Double(chosen[0].count * chosen[1].count)
        })
    return bootstrap?.percentileInterval(confidence: confidence)
}
