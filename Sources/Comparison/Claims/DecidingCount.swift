import Foundation
import Statistics

/// How many rounds or seeds would decide what so many of them did not.
enum DecidingCount {
    /// The count with which the interval around an unchanged estimate would no longer hold the nearest figure that the
    /// verdict depends on: `ceil(n (h / d)^2)`, with `h` the length of the interval's arm on that side and `d` the
    /// distance; an interval shortens with the square root of the count.
    ///
    /// Nil when the estimate lies on such a figure, so that none would, or beyond 1,000,000.
    static func needed(estimate: Double, interval: Interval, count: Int, claim: Claim) -> Int? {
        let isLogarithmic = claim.metric.isSpeedup && estimate > 0 && interval.lower > 0
        func scaled(_ value: Double) -> Double { isLogarithmic ? log(value) : value }
        let centre = scaled(estimate)
        let figures = figures(of: claim, estimate: estimate).map(scaled)
        guard let nearest = figures.min(by: { abs($0 - centre) < abs($1 - centre) }), nearest != centre
        else { return nil }
        let arm = nearest < centre ? centre - scaled(interval.lower) : scaled(interval.upper) - centre
        let ratio = arm / abs(nearest - centre)
        let needed = (Double(count) * ratio * ratio).rounded(.up)
        guard needed.isFinite, needed <= 1_000_000 else { return nil }
        return max(count + 1, Int(needed))
    }

    /// The figures that an interval must leave out for the verdict that the estimate points at.
    private static func figures(of claim: Claim, estimate: Double) -> [Double] {
        let tolerated = claim.tolerated
        switch claim.relation {
        case .above, .upTo: return [claim.value]
        case .atLeast: return [tolerated.lowerBound]
        case .atMost: return [tolerated.upperBound]
        case .equal:
            let ends = [tolerated.lowerBound, tolerated.upperBound]
            guard claim.metric.isSpeedup, !tolerated.contains(estimate) else { return ends }
            // Outside the tolerance the question is the direction, then whether the tolerance is left out.
            return (claim.value >= 1) == (estimate > 1) ? [1] : ends
        }
    }
}
