/// The machine's one-minute load averages just before and just after a child process.
package struct MachineLoad: Sendable, Hashable, Codable {
    /// Before the child started.
    package var before: Double
    /// After it ended.
    package var after: Double

    /// The two averages.
    package init(before: Double, after: Double) {
        self.before = before
        self.after = after
    }
}
