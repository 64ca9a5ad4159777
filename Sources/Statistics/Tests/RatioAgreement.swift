import Glibc

/// Whether a measured ratio agrees with a reported one, from the measured interval alone.
///
/// With a 90 % interval, `agrees` is the two one-sided tests of equivalence (Schuirmann 1987) at 5 %.
package enum RatioAgreement: String, Sendable, Hashable, CaseIterable {
    /// The interval lies within the tolerance around the reported ratio.
    case agrees
    /// Not that, but the interval excludes 1 on the reported side.
    case sameDirection
    /// The whole interval is short of the reported ratio with its tolerance, and not even its direction is shown.
    case contradicts
    /// The interval is too long for any of these.
    case undecided

    /// The verdict.
    ///
    /// - Parameters:
    ///   - interval: Of the measured ratio, both ends above 0.
    ///   - reported: The reported ratio, above 0.
    ///   - toleranceFactor: How far two ratios may be apart and still agree, such as 1.10; at least 1.
    package init(interval: Interval, reported: Double, toleranceFactor: Double) {
        let tolerated = log(reported / toleranceFactor)...log(reported * toleranceFactor)
        let (lower, upper) = (log(interval.lower), log(interval.upper))
        let isFaster = reported >= 1
        if tolerated.contains(lower), tolerated.contains(upper) {
            self = .agrees
        } else if isFaster ? lower > 0 : upper < 0 {
            self = .sameDirection
        } else if isFaster ? upper < tolerated.lowerBound : lower > tolerated.upperBound {
            self = .contradicts
        } else {
            self = .undecided
        }
    }
}
