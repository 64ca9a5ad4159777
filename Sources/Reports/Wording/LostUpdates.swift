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
            + "is exact, 1 as bad as doing nothing. Stochastic rounding has the larger one, since it is right in the mean only.",
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
        let losses = losses(findings)
        return StorageFormat.allCases.flatMap { storage in
            UpdateRounding.allCases.compactMap { rounding in
                let shares = losses.filter {
                    $0.cell.cell.model.storage == storage
                        && $0.cell.cell.method.zerothOrderSettings?.rounding == rounding
                }.map(\.loss.lostShare)
                return shares.isEmpty ? nil : sentence(shares, storage, rounding)
            }
        }
    }

    private static func sentence(
        _ shares: [Double], _ storage: StorageFormat, _ rounding: UpdateRounding
    ) -> String {
        let (low, high) = (Figures.percent(shares.min()), Figures.percent(shares.max()))
        let share = low == high ? "\(low)%" : "\(low)% to \(high)%"
        let remark = rounding == .stochastic ? ", which evens out in the mean" : ""
        return
            "\(storage.rawValue) storage, \(rounding.rawValue) rounding: \(share) of all element updates changed "
            + "nothing\(remark) (\(Figures.count(shares.count, "trial")))."
    }

    private static func losses(
        _ findings: SuiteFindings
    ) -> [(cell: CellResult, trial: TrialResult, loss: UpdateLoss)] {
        findings.cells.flatMap { cell in
            cell.trials.compactMap { trial in trial.updateLoss.map { (cell, trial, $0) } }
        }
    }
}
