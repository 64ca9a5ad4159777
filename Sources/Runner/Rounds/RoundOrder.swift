import RandomStreams
package import ResultStore
package import Suites
package import Training

/// One round of one cell that is still to be timed.
package struct OpenRound: Sendable, Hashable {
    /// The cell's row id.
    package let cellID: Int64
    /// What is timed.
    package let cell: Cell
    /// Number of the round, from 1.
    package let round: Int
    /// Place of the cell among those it is interleaved with, from 0.
    package let position: Int
    /// How many steps it takes.
    package let timing: TimingProtocol
}

/// The order in which cells are timed: round by round, and within a round the cells that are compared with one
/// another directly one after the other, in a random order.
///
/// The order is drawn from the round's number and the name of the comparison alone, so that a resumed run keeps it.
package enum RoundOrder {
    /// The rounds that `finished` does not hold in full, in the order to time them.
    package static func openRounds(
        of cells: [PlannedCell], timing: TimingProtocol, finished: Set<RoundKey>
    ) -> [OpenRound] {
        let comparisons = Dictionary(grouping: cells) { ComparisonKey(cell: $0.cell) }
            .sorted { $0.key < $1.key }
        var rounds: [OpenRound] = []
        for round in stride(from: 1, through: timing.rounds, by: 1) {
            for (key, members) in comparisons {
                // Times are compared within a round, so a round that lacks one of its cells is taken anew as a whole.
                let isWhole = members.allSatisfy { finished.contains(RoundKey(cellID: $0.id, round: round)) }
                if isWhole { continue }
                let order = Permutation.numbered(round, count: members.count, seed: key.seed)
                for (position, index) in order.enumerated() {
                    rounds.append(
                        OpenRound(
                            cellID: members[index].id, cell: members[index].cell, round: round,
                            position: position, timing: timing))
                }
            }
        }
        return rounds
    }
}
