/// One circumstance in which a measurement differs from a claim's, or may differ since the source does not state it.
package struct ClaimDifference: Sendable, Hashable {
    /// What differs, such as `hardware`.
    package var aspect: String
    /// What the source says, nil when it does not.
    package var reported: String?
    /// What it is here.
    package var ours: String

    /// The difference as a phrase, such as `batch: 16 here, not stated there`.
    package var words: String {
        "\(aspect): \(ours) here, \(reported.map { "\($0) there" } ?? "not stated there")"
    }
}
