package import Statistics

/// What a measurement says of a reported figure, from its interval alone.
package enum ClaimVerdict: Sendable, Hashable {
    /// The whole interval lies where the claim says.
    case supportedHere
    /// The whole interval lies elsewhere.
    case contradictedHere
    /// The interval does not decide, or there is none.
    case undecided(reason: String)
    /// What was measured is something else than the claim is about.
    case notComparable(reason: String)
    /// Nothing of the kind was measured.
    case notMeasured(reason: String)

    /// The verdict's words.
    package var words: String {
        switch self {
        case .supportedHere: "supported here"
        case .contradictedHere: "contradicted here"
        case .undecided: "undecided"
        case .notComparable: "not comparable"
        case .notMeasured: "not measured"
        }
    }

    /// Why it is none of the two clear words; nil for those.
    package var reason: String? {
        switch self {
        case .supportedHere, .contradictedHere: nil
        case .undecided(let reason), .notComparable(let reason), .notMeasured(let reason): reason
        }
    }

    /// The verdict on a claim from an interval in the claim's unit.
    ///
    /// - Parameter equalityFactor: For a claim of equality, how far the ratio may be off, such as 1.01 for 1 %.
    package init(claim: Claim, interval: Interval, equalityFactor: Double) {
        switch claim.relation {
        case .above:
            if interval.lower > claim.value {
                self = .supportedHere
            } else if interval.upper <= claim.value {
                self = .contradictedHere
            } else {
                self = .undecided(reason: "the interval holds the reported figure")
            }
        case .upTo:
            if interval.lower > claim.value {
                self = .contradictedHere
            } else if interval.upper >= claim.value {
                self = .undecided(reason: "the interval holds the reported figure")
            } else {
                self = .undecided(
                    reason: "the figure is the upper end of several; a lower one does not speak against it")
            }
        case .equal:
            if interval.lower >= claim.value / equalityFactor, interval.upper <= claim.value * equalityFactor
            {
                self = .supportedHere
            } else if interval.lower > claim.value * equalityFactor
                || interval.upper < claim.value / equalityFactor
            {
                self = .contradictedHere
            } else {
                self = .undecided(
                    reason: "the interval is wider than the tolerance around the reported figure")
            }
        }
    }

    /// Where an interval stands to the reported figure, for figures that are not comparable.
    package static func direction(of interval: Interval, from claim: Claim) -> String {
        if interval.lower > claim.value { return "measured above the reported figure" }
        if interval.upper < claim.value { return "measured below the reported figure" }
        return "measured around the reported figure"
    }
}
