package import Statistics

/// What a measurement says of a reported figure, from its interval alone.
package enum ClaimVerdict: Sendable, Hashable {
    /// The whole interval lies where the claim says.
    case holdsHere
    /// The whole interval lies elsewhere.
    case doesNotHoldHere
    /// The interval does not decide, or there is none.
    case undecided(reason: String)
    /// What was measured is something else than the claim is about.
    case notComparable(reason: String)
    /// Nothing of the kind was measured.
    case notMeasured(reason: String)

    /// The verdict's words.
    package var words: String {
        switch self {
        case .holdsHere: "holds here"
        case .doesNotHoldHere: "does not hold here"
        case .undecided: "undecided"
        case .notComparable: "not comparable"
        case .notMeasured: "not measured"
        }
    }

    /// Why it is none of the two clear words; nil for those.
    package var reason: String? {
        switch self {
        case .holdsHere, .doesNotHoldHere: nil
        case .undecided(let reason), .notComparable(let reason), .notMeasured(let reason): reason
        }
    }

    /// The verdict on a claim from an interval in the claim's unit.
    ///
    /// - Parameter toleranceFactor: For a ratio that is claimed to be equal or at most a value, how far it may be off,
    ///   such as 1.01 for 1 %.
    package init(claim: Claim, interval: Interval, toleranceFactor: Double) {
        switch claim.relation {
        case .above:
            if interval.lower > claim.value {
                self = .holdsHere
            } else if interval.upper <= claim.value {
                self = .doesNotHoldHere
            } else {
                self = .undecided(reason: "the interval holds the reported figure")
            }
        case .upTo:
            if interval.lower > claim.value {
                self = .doesNotHoldHere
            } else if interval.upper >= claim.value {
                self = .undecided(reason: "the interval holds the reported figure")
            } else {
                self = .undecided(
                    reason: "the figure is the upper end of several; a lower one does not speak against it")
            }
        case .atMost:
            if interval.upper <= claim.value * toleranceFactor {
                self = .holdsHere
            } else if interval.lower > claim.value * toleranceFactor {
                self = .doesNotHoldHere
            } else {
                self = .undecided(reason: "the interval holds the reported figure with its tolerance")
            }
        case .equal:
            if interval.lower >= claim.value / toleranceFactor,
                interval.upper <= claim.value * toleranceFactor
            {
                self = .holdsHere
            } else if interval.lower > claim.value * toleranceFactor
                || interval.upper < claim.value / toleranceFactor
            {
                self = .doesNotHoldHere
            } else {
                self = .undecided(
                    reason: "the interval is wider than the tolerance around the reported figure")
            }
        }
    }

    /// Where an interval stands to the reported figure and its tolerance, for figures that do not decide.
    package static func direction(of interval: Interval, from claim: Claim, toleranceFactor: Double) -> String
    {
        if interval.lower > claim.value * toleranceFactor { return "measured above the reported figure" }
        if interval.upper < claim.value / toleranceFactor { return "measured below the reported figure" }
        return "measured around the reported figure"
    }
}
