/// Why a split that examples were asked of gave none.
package struct SplitShortage: Sendable, Hashable, CustomStringConvertible {
    /// The archive's file name.
    package var archive: String
    /// Examples that were asked for.
    package var asked: Int
    /// Examples that the archive's split has, for this use and others.
    package var available: Int

    /// A shortage from its values.
    package init(archive: String, asked: Int, available: Int) {
        self.archive = archive
        self.asked = asked
        self.available = available
    }

    /// What was asked for, what there is, and what to do.
    package var description: String {
        let there = "\(asked) were asked for and \(archive) has \(available) in that split"
        return available == 0
            ? "\(there); name another archive with --data"
            : "\(there), where dev is filled before training; ask for fewer dev examples"
    }
}
