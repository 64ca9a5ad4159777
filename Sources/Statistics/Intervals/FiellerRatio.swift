/// The ratio of the means behind two independent groups of values, with Fieller's (1954) interval.
///
/// With the means `x` and `y`, the half-widths `h = t s / sqrt(n)` of their own intervals of Student's t, it is the set of
/// all r with `(y - r x)^2 <= h_y^2 + r^2 h_x^2`:
///
///     (x y +- sqrt((x y)^2 - (x^2 - h_x^2)(y^2 - h_y^2))) / (x^2 - h_x^2)
///
/// Each mean has its own degrees of freedom, as in Kalibera and Jones (2013). The groups must be independent: what drifts
/// between them is not in the interval.
package struct FiellerRatio: Sendable, Hashable {
    /// The mean of the second group over that of the first.
    package let estimate: Double
    /// The interval, or nil when none is finite: the first mean's own interval holds 0, so any ratio, however large,
    /// agrees with the values.
    package let interval: Interval?

    /// The ratio of two groups of at least two values each, nil for fewer and when the first mean is 0.
    package init?(denominators: [Double], numerators: [Double], confidence: Double = 0.95) {
        guard let x = mean(of: denominators), x != 0, let y = mean(of: numerators),
            let aroundX = studentMeanInterval(of: denominators, confidence: confidence),
            let aroundY = studentMeanInterval(of: numerators, confidence: confidence)
        else { return nil }
        estimate = y / x
        let squareX = x * x - square(aroundX.upper - x)
        let squareY = y * y - square(aroundY.upper - y)
        guard squareX > 0 else {
            interval = nil
            return
        }
        // With x^2 > h_x^2 the term below the root is h_x^2 y^2 + h_y^2 (x^2 - h_x^2), never negative but for rounding.
        let root = max(0, square(x * y) - squareX * squareY).squareRoot()
        interval = Interval(
            lower: (x * y - root) / squareX, upper: (x * y + root) / squareX, coverage: confidence)
    }
}

private func square(_ value: Double) -> Double { value * value }
