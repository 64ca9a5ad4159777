import RandomStreams
import ResultStore
import Suites
import Training

/// One round of one cell that is still to be timed.
struct OpenRound: Hashable {
    /// The cell, by row id and content.
    let cellID: Int64
    let cell: Cell
    /// Number of the round, from 1.
    let round: Int
    /// Place of the cell among those it is interleaved with, from 0.
    let position: Int
    /// How many steps it takes.
    let timing: TimingProtocol
}

/// The order in which cells are timed: round by round, and within a round the cells that are compared with one
/// another directly one after the other, in a random order.
///
/// The order is drawn from the round's number and the name of the comparison alone, so that a resumed run keeps it.
enum RoundOrder {
    /// The rounds that `finished` does not hold yet, in the order to time them.
    static func openRounds(
        of cells: [PlannedCell], timing: TimingProtocol, finished: Set<RoundKey>
    ) -> [OpenRound] {
        let comparisons = Dictionary(grouping: cells) { ComparisonKey(cell: $0.cell) }
            .sorted { $0.key < $1.key }
        var rounds: [OpenRound] = []
        for round in stride(from: 1, through: timing.rounds, by: 1) {
            for (key, members) in comparisons {
                let order = Permutation.ofEpoch(round, count: members.count, noiseSeed: key.seed)
                for (position, index) in order.enumerated()
                where !finished.contains(RoundKey(cellID: members[index].id, round: round)) {
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
