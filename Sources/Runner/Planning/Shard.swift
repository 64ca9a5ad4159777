package import Training

/// One of several shares of a suite's work, so that several machines can take one each.
///
/// Who takes a trial follows from its identity alone, and who times a cell from what it is compared with: the cells of one
/// comparison are always timed side by side. Every share's database holds the whole plan.
package struct Shard: Sendable, Hashable {
    /// Which share, from 1.
    package let index: Int
    /// How many shares there are.
    package let count: Int

    /// A text that names no share.
    package struct Unreadable: Error, CustomStringConvertible {
        let text: String

        package var description: String {
            "--shard is '\(text)'; give i/N, such as 1/2 and 2/2 for two machines, with i from 1 to N"
        }
    }

    /// A share as a person names it: `2/3` is the second of three.
    package init(_ text: String) throws(Unreadable) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1,
            (1...count).contains(index)
        else { throw Unreadable(text: text) }
        self.index = index
        self.count = count
    }

    /// Whether the trial of an identity, in hexadecimal digits, belongs to this share.
    package func holds(trial identity: String) -> Bool {
        holds(UInt64(identity.prefix(16), radix: 16) ?? 0)
    }

    /// Whether a cell is timed in this share.
    package func times(_ cell: Cell) -> Bool { holds(ComparisonKey(cell: cell).seed) }

    private func holds(_ number: UInt64) -> Bool { number % UInt64(count) == UInt64(index - 1) }
}
