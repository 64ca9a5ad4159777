/// The interval of the difference of two shares of right answers on the same examples, second minus first.
///
/// Bonett and Price (2012): with `n' = n + 2`, `b = (onlyFirstRight + 1) / n'` and `c = (onlySecondRight + 1) / n'` it is
/// `(c - b) +- z sqrt((b + c - (c - b)^2) / n')`, cut to -1...1. It covers nearly, not exactly, what is asked.
///
/// - Parameter count: Examples that both answered, at least 1.
package func pairedDifferenceInterval(
    onlyFirstRight: Int, onlySecondRight: Int, count: Int, confidence: Double = 0.95
) -> Interval {
    let size = Double(count) + 2
    let first = Double(onlyFirstRight + 1) / size
    let second = Double(onlySecondRight + 1) / size
    let center = second - first
    let z = standardNormalQuantile(1 - (1 - confidence) / 2)
    let halfWidth = z * ((first + second - center * center) / size).squareRoot()
    return Interval(
        lower: max(-1, center - halfWidth), upper: min(1, center + halfWidth), coverage: confidence)
}
