import Foundation
package import Statistics

/// The speedup to a target: the speedup of a step times the ratio of step counts.
///
/// The two come from independent experiments, rounds and trials, so the variances of their logarithms add; each is taken
/// from its interval as `(width / 3.92)^2`.
package struct FactorProduct: Sendable, Hashable {
    /// The product.
    package let ratio: Double
    /// Its interval at 95%, nil unless both factors have one.
    package let interval: Interval?
    /// The product at the low end of what the spacing of evaluations leaves open.
    package let lowestForSpacing: Double
    /// The same at the high end; nil where it is unbounded.
    package let highestForSpacing: Double?
    /// Whether evaluations were so far apart that the steps to the target are open by more than a little.
    package let isSpacingLarge: Bool

    /// The interval that decides, ``interval`` unless evaluations are far apart.
    ///
    /// Where they are, each end is moved as far as their spacing may move the product. Nil without an interval, and where the
    /// spacing leaves the upper end open.
    package var decidingInterval: Interval? {
        guard isSpacingLarge else { return interval }
        guard let interval, let highestForSpacing else { return nil }
        return Interval(
            lower: interval.lower * lowestForSpacing / ratio,
            upper: interval.upper * highestForSpacing / ratio, coverage: interval.coverage)
    }

    /// The product of a step's speedup and a ratio of step counts.
    package init(stepSpeedup: Double, stepInterval: Interval, stepCount: StepCountFactor) {
        ratio = stepSpeedup * stepCount.ratio
        lowestForSpacing = stepSpeedup * stepCount.lowestForSpacing
        highestForSpacing = stepCount.highestForSpacing.map { stepSpeedup * $0 }
        isSpacingLarge = stepCount.spacingShare > StepCountFactor.negligibleSpacing
        interval = stepCount.interval.map { countInterval in
            let variance = Self.variance(of: stepInterval) + Self.variance(of: countInterval)
            let centre = log(stepSpeedup) + log(stepCount.ratio)
            let halfWidth = 1.96 * variance.squareRoot()
            return Interval(lower: exp(centre - halfWidth), upper: exp(centre + halfWidth), coverage: 0.95)
        }
    }

    private static func variance(of interval: Interval) -> Double {
        let width = (log(interval.upper) - log(interval.lower)) / 3.92
        return width * width
    }
}
