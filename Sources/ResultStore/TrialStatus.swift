/// How far a trial has come.
package enum TrialStatus: String, Sendable, Codable, CaseIterable {
    case planned
    case running
    case interrupted
    case done
    case failed
}
