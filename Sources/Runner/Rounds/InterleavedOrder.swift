import RandomStreams
package import Training

/// One of two programs that are timed in turns.
package enum Contender: String, Sendable, Hashable, CaseIterable {
    case baseline
    case candidate
}

/// The order in which two programs are timed: round by round, cell by cell, both programs directly one after the other.
///
/// Which cell comes first and which program goes first are drawn at random, from the round's number and the cell alone, so
/// that a run that goes on keeps the order and nobody can choose it.
package enum InterleavedOrder {
    /// One cell in one round, with the program that goes first.
    package struct Turn: Sendable, Hashable {
        /// Number of the round.
        package let round: Int
        /// Place of the cell in the list given.
        package let cell: Int
        /// Both programs in the order to time them.
        package let contenders: [Contender]
    }

    /// The turns of some rounds.
    package static func turns(of cells: [Cell], rounds: ClosedRange<Int>) -> [Turn] {
        rounds.flatMap { round in
            Permutation.numbered(round, count: cells.count, seed: seed).map { index in
                let order = Permutation.numbered(
                    round, count: Contender.allCases.count,
                    seed: seed(of: cells[index], at: index))
                return Turn(round: round, cell: index, contenders: order.map { Contender.allCases[$0] })
            }
        }
    }

    /// Another order of the same kind would do as well; this one is fixed for good.
    private static let seed: UInt64 = 0x4C65_5A4F

    private static func seed(of cell: Cell, at index: Int) -> UInt64 {
        ComparisonKey(cell: cell).seed &+ UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
    }
}
