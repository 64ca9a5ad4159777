/// A confidence interval with the coverage that it was made for.
package struct Interval: Sendable, Hashable {
    /// The lower end.
    package var lower: Double
    /// The upper end.
    package var upper: Double
    /// The probability, in 0...1, with which the procedure covers the true value; at least what was asked for when
    /// the procedure is exact.
    package var coverage: Double

    /// An interval from its ends, `lower <= upper`.
    package init(lower: Double, upper: Double, coverage: Double) {
        self.lower = lower
        self.upper = upper
        self.coverage = coverage
    }

    /// Whether a value lies inside, ends included.
    package func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }

    /// Both ends put through an increasing function, such as `exp` for an interval of logarithms.
    package func mapped(increasing transform: (Double) -> Double) -> Interval {
        Interval(lower: transform(lower), upper: transform(upper), coverage: coverage)
    }

    /// Both ends put through a decreasing function, such as `exp(-x)`; the ends change places.
    package func mapped(decreasing transform: (Double) -> Double) -> Interval {
        Interval(lower: transform(upper), upper: transform(lower), coverage: coverage)
    }
}
