package import Statistics

/// What a measurement says of a reported figure, from its interval alone.
package enum ClaimVerdict: Sendable, Hashable {
    /// The whole interval lies where the claim says.
    case supported
    /// The interval leaves out no effect on the claim's side, and it does not lie around the claim's figure.
    case sameDirection
    /// The whole interval lies elsewhere.
    case contradicted
    /// The interval does not decide, or there is none.
    case undecided(reason: String)
    /// What was measured is something else than the claim is about.
    case notComparable(reason: String)
    /// Nothing of the kind was measured.
    case notMeasured(reason: String)

    /// How far a ratio or share may be from the one reported and still agree with it: 10%.
    package static let toleranceFactor = 1.10
    /// The same for memory, which does not depend on the machine: 1%.
    package static let memoryToleranceFactor = 1.01
    /// How far a score may be from the one reported and still agree with it, in points.
    package static let toleratedPoints = 1.0

    /// The verdict's words.
    package var words: String {
        switch self {
        case .supported: "supported"
        case .sameDirection: "same direction, other size"
        case .contradicted: "contradicted"
        case .undecided: "undecided"
        case .notComparable: "not comparable"
        case .notMeasured: "not measured"
        }
    }

    /// Why the interval alone says nothing clear; nil where it does.
    package var reason: String? {
        switch self {
        case .supported, .sameDirection, .contradicted: nil
        case .undecided(let reason), .notComparable(let reason), .notMeasured(let reason): reason
        }
    }

    /// The verdict on a claim from an interval in the claim's unit.
    ///
    /// A claimed bound holds or does not. A claimed ratio of times agrees when the interval, at 90%, lies within 10% of it
    /// (two one-sided tests at 5%), has the same direction when it only leaves out 1 on the claim's side, and is
    /// contradicted when the interval lies below the tolerance and reaches 1 or goes beyond.
    package init(claim: Claim, interval: Interval) {
        let tolerated = claim.tolerated
        switch claim.relation {
        case .above:
            if interval.lower > claim.value {
                self = .supported
            } else if interval.upper <= claim.value {
                self = .contradicted
            } else {
                self = .undecided(reason: "the interval holds the reported figure")
            }
        case .atLeast:
            if interval.lower >= tolerated.lowerBound {
                self = .supported
            } else if interval.upper < tolerated.lowerBound {
                self = .contradicted
            } else {
                self = .undecided(reason: "the interval holds the reported figure less its tolerance")
            }
        case .atMost:
            if interval.upper <= tolerated.upperBound {
                self = .supported
            } else if interval.lower > tolerated.upperBound {
                self = .contradicted
            } else {
                self = .undecided(reason: "the interval holds the reported figure with its tolerance")
            }
        case .upTo:
            if interval.lower > claim.value {
                self = .contradicted
            } else if interval.upper >= claim.value {
                self = .undecided(reason: "the interval holds the reported figure")
            } else {
                self = .undecided(
                    reason: "the figure is the upper end of several; a lower one does not speak against it")
            }
        case .equal: self = Self.onEqual(claim, interval: interval, tolerated: tolerated)
        }
    }

    private static func onEqual(
        _ claim: Claim, interval: Interval, tolerated: ClosedRange<Double>
    ) -> ClaimVerdict {
        let tooWide = "the interval is wider than the tolerance around the reported figure"
        guard claim.metric.isSpeedup else {
            if tolerated.contains(interval.lower), tolerated.contains(interval.upper) { return .supported }
            return interval.lower > tolerated.upperBound || interval.upper < tolerated.lowerBound
                ? .contradicted : .undecided(reason: tooWide)
        }
        return
            switch RatioAgreement(
                interval: interval, reported: claim.value, toleranceFactor: toleranceFactor)
        {
        case .agrees: .supported
        case .sameDirection: .sameDirection
        case .contradicts: .contradicted
        case .undecided: .undecided(reason: tooWide)
        }
    }
}

extension ClaimMetric {
    /// Whether 1 stands for no effect and the logarithm is the scale to compare on.
    package var isSpeedup: Bool { self == .stepSpeedup || self == .speedup }
}

extension Claim {
    /// The values that agree with the reported one.
    var tolerated: ClosedRange<Double> {
        func within(_ factor: Double) -> ClosedRange<Double> { value / factor...value * factor }
        return switch metric {
        case .accuracy, .f1, .averageScore, .scoreChange:
            value - ClaimVerdict.toleratedPoints...value + ClaimVerdict.toleratedPoints
        case .memoryRatio: within(ClaimVerdict.memoryToleranceFactor)
        case .overheadShare, .perturbShare, .forwardShare, .updateShare, .stepSpeedup, .speedup:
            within(ClaimVerdict.toleranceFactor)
        }
    }

    /// Where an interval stands to the reported figure, for whatever the verdict is.
    package func direction(of interval: Interval) -> String {
        let place =
            switch relation {
            case .atMost where interval.upper <= tolerated.upperBound && interval.lower > value:
                "above the reported figure, by less than the tolerance"
            case .atMost where interval.upper <= tolerated.upperBound,
                .atLeast
            where interval.lower >= tolerated.lowerBound, .above where interval.lower > value:
                "on the side that is reported"
            default: Self.place(of: interval, around: tolerated)
            }
        guard metric.isSpeedup else { return "measured \(place)" }
        if interval.lower > 1 { return "faster here too, \(place)" }
        if interval.upper < 1 { return "slower here" }
        return "no difference shown here"
    }

    private static func place(of interval: Interval, around tolerated: ClosedRange<Double>) -> String {
        if interval.lower > tolerated.upperBound { return "above the reported figure" }
        if interval.upper < tolerated.lowerBound { return "below the reported figure" }
        return "around the reported figure"
    }
}
