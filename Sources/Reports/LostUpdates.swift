import Comparison
import LanguageModels
import Optimizers
import ResultStore
import Training

/// What 16-bit storage did to the updates of each trial.
enum LostUpdates {
    /// What the table's figures mean.
    private static let meaning = [
        "An update is lost when the parameter's bits are the same after it: what it was told to change was too small for "
            + "the format, so training stands still there. Rounded to nearest it is lost each time; rounded "
            + "stochastically the parameter moves seldom, but by the right amount in the mean.",
        "Relative error: the root mean square of the change told minus the change stored, over that of the change told; 0 "
            + "is exact, 1 as bad as doing nothing.",
        "Drift: how far one perturbation and its restoration move the stored parameters; the fused plan stores no "
            + "perturbation, so its drift is 0.",
    ]

    /// One row for each finished trial with 16-bit storage, nil when there is none.
    static func table(_ findings: SuiteFindings) -> Table? {
        var table = Table(
            name: "lost-updates",
            caption: "What 16-bit storage kept of the updates, over all elements and steps of a trial.",
            columns: MethodNames.columns + [
                .init("learning rate", .trailing), .init("data seed", .trailing),
                .init("noise seed", .trailing),
                .init("rounding"), .init("element updates", .trailing), .init("lost (%)", .trailing),
                .init("relative error", .trailing), .init("drift, largest", .trailing),
                .init("drift, elements changed (%)", .trailing),
            ], keyColumnCount: MethodNames.columns.count, footnotes: meaning)
        for (cell, trial, loss) in losses(findings) {
            let settings = cell.cell.method.zerothOrderSettings
            table.append(
                findings.names.cells(cell) + [
                    Figures.setting(settings?.learningRate), String(trial.dataSeed), String(trial.noiseSeed),
                    settings?.rounding.rawValue ?? Figures.none, String(loss.updateCount),
                    Figures.percent(loss.lostShare), Figures.fixed(loss.relativeError, decimals: 3),
                    Figures.scientific(trial.drift?.maximumAbsolute),
                    Figures.percent(trial.drift?.changedShare),
                ])
        }
        return table.rows.isEmpty ? nil : table
    }

    /// One sentence for each format and way of rounding.
    static func sentences(_ findings: SuiteFindings) -> [String] {
        var groups: [(subject: String, shares: [Double])] = []
        for (cell, _, loss) in losses(findings) {
            let rounding = cell.cell.method.zerothOrderSettings?.rounding ?? .nearest
            let subject = "\(cell.cell.model.storage.rawValue) storage, \(rounding.rawValue) rounding"
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                groups[index].shares.append(loss.lostShare)
            } else {
                groups.append((subject, [loss.lostShare]))
            }
        }
        return groups.map { subject, shares in
            let (low, high) = (Figures.percent(shares.min()), Figures.percent(shares.max()))
            let share = low == high ? "\(low)%" : "\(low)% to \(high)%"
            return
                "\(subject): \(share) of all element updates changed nothing (\(Figures.count(shares.count, "trial")))."
        }
    }

    private static func losses(
        _ findings: SuiteFindings
    ) -> [(cell: CellResult, trial: TrialResult, loss: UpdateLoss)] {
        findings.cells.flatMap { cell in
            cell.trials.compactMap { trial in trial.updateLoss.map { (cell, trial, $0) } }
        }
    }
}
