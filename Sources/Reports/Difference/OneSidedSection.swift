import Comparison
import ResultStore
import Training

/// What only one of two databases has of a suite.
enum OneSidedSection {
    static func blocks(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = Table(
            name: "one-sided", caption: "Cells, trials and rounds that the two sides do not share.",
            columns: DifferenceNames.columns + [.init("what")], keyColumnCount: DifferenceNames.columns.count)
        for cell in suite.onlyBaseline { table.append(names.cells(cell) + ["in the baseline only"]) }
        for cell in suite.onlyCandidate { table.append(names.cells(cell) + ["in the candidate only"]) }
        for cell in suite.cells {
            for sentence in cell.oneSided { table.append(names.cells(cell.candidate) + [sentence]) }
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }
}
