/// What a whole gate comes to; the raw values are the exit codes of the command.
package enum GateOutcome: Int32, Sendable, Hashable, CaseIterable {
    /// Nothing became worse, as far as the policy asks.
    case passed = 0
    /// A process of the candidate, or the gate itself, ended without a result.
    case crash = 1
    /// A regression is confirmed.
    case regression = 2
    /// Too noisy or too little data to say.
    case undecided = 3
    /// The two sides must not be compared: other machines, missing cells, rounds that were not interleaved.
    case notComparable = 4
    /// Test scores became worse than the margin allows.
    case inferiorQuality = 5

    /// The outcome of all checks: the gravest one that was found.
    ///
    /// Worse answers weigh more than slower ones: a program that is faster because it is wrong is no success.
    init(of checks: [GateCheck]) {
        let findings = Set(checks.map(\.finding))
        let byGravity: [(GateCheck.Finding, GateOutcome)] = [
            (.crash, .crash), (.inferior, .inferiorQuality), (.regression, .regression),
            (.notComparable, .notComparable), (.undecided, .undecided),
        ]
        self = byGravity.first { findings.contains($0.0) }?.1 ?? .passed
    }

    /// The outcome in words.
    package var words: String {
        switch self {
        case .passed: "passed"
        case .crash: "crashed"
        case .regression: "regression confirmed"
        case .undecided: "undecided"
        case .notComparable: "not comparable"
        case .inferiorQuality: "quality inferior"
        }
    }
}
