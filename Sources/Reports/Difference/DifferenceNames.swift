import Comparison
import Optimizers
import ResultStore
import Training

/// The columns that say which cell a row of a comparison is about: those of every table, and the learning rate, since
/// each learning rate is a cell of its own here.
struct DifferenceNames {
    private let names: MethodNames

    /// Names that tell the cells of both sides apart.
    init(of difference: SuiteDifference) {
        var both = difference.baseline
        both.cells += difference.candidate.cells
        names = MethodNames(of: both)
    }

    /// The headings.
    static let columns = MethodNames.columns + [.init("learning rate", .trailing)]

    /// The values of ``columns``.
    func cells(_ cell: CellResult) -> [String] {
        names.cells(cell) + [Figures.setting(cell.cell.method.learningRate)]
    }

    /// A cell in one phrase.
    func phrase(_ cell: CellResult) -> String {
        let rate = cell.cell.method.learningRate
        return "\(cell.cell.model.words), \(names.phrase(cell))"
            + (rate.map { ", learning rate \(Figures.setting($0))" } ?? "")
    }
}
