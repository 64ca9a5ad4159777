import ResultStore
import Suites
import Training

extension RoundOrder {
    /// The rounds that a run would take of some cells of a suite, after what a database holds of it.
    ///
    /// - Parameters:
    ///   - cells: The cells, in the suite's order.
    ///   - suite: The suite, which says how many rounds there are.
    ///   - recorded: What the database holds under the suite's name; nil when there is none. Rounds of another file of
    ///     that name do not count, as a run takes them anew.
    static func openRounds(of cells: [Cell], suite: Suite, recorded: ResultSnapshot?) -> [OpenRound] {
        guard let timing = suite.timing else { return [] }
        let planned = cells.enumerated().map { PlannedCell(id: Int64($0.offset), cell: $0.element) }
        var finished: Set<RoundKey> = []
        if let recorded, recorded.suiteSHA256 == suite.fileSHA256 {
            let results = Dictionary(
                recorded.cells.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
            for cell in planned {
                for round in results[cell.cell]?.rounds ?? [] {
                    finished.insert(RoundKey(cellID: cell.id, round: round.round))
                }
            }
        }
        return openRounds(of: planned, timing: timing, finished: finished)
    }
}
