import Comparison
import Optimizers
import ResultStore
import Training

/// Every trial with its end, its memory and the drift of perturbing and restoring.
enum TrialsSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        var table = Table(
            name: "trials",
            caption: MethodNames.caption(
                "All trials of the suite.", cells: findings.cells.filter { !$0.trials.isEmpty }),
            columns: MethodNames.columns + [
                .init("learning rate", .trailing), .init("data seed", .trailing),
                .init("noise seed", .trailing),
                .init("status"), .init("steps", .trailing), .init("best step", .trailing),
                .init("peak memory (MiB)", .trailing), .init("drift, largest", .trailing),
                .init("drift, elements changed (%)", .trailing),
                .init("weights after (SHA-256)"),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: [
                "Drift is how far the parameters move when they are perturbed and restored once without an update."
            ])
        for cell in findings.cells {
            for trial in cell.trials {
                table.append(findings.names.cells(cell) + self.cells(of: trial, in: cell))
            }
        }
        return (table.rows.isEmpty ? [] : [.table(table)])
            + (LostUpdates.table(findings).map { [.table($0)] } ?? [])
    }

    private static func cells(of trial: TrialResult, in cell: CellResult) -> [String] {
        [
            Figures.setting(cell.cell.method.learningRate), String(trial.dataSeed),
            String(trial.noiseSeed), trial.statusWords,
            "\(trial.summary?.steps ?? trial.lastStep)/\(cell.cell.schedule.steps)",
            trial.summary.map { String($0.bestStep) } ?? Figures.none,
            Figures.mebibytes(trial.summary?.peakResidentBytes),
            Figures.scientific(trial.drift?.maximumAbsolute),
            Figures.percent(trial.drift?.changedShare),
            trial.summary.map { String($0.weightsDigest.prefix(16)) } ?? "",
        ]
    }
}

extension TrialResult {
    /// How far it has come; what the archives have no data for did not fail.
    fileprivate var statusWords: String {
        failure?.reason == .unavailable ? "no data" : status.rawValue
    }
}
