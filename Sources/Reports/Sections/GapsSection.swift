import Comparison
import Optimizers
import ResultStore
import Training

/// What a reader must not take for granted: trials without a result, and cells that were not timed.
enum GapsSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let progress = findings.progress
        var blocks: [Report.Block] = []
        if !progress.failed.isEmpty { blocks.append(.table(failures(findings))) }
        let gaps = unfinished(findings) + untimed(findings)
        if !gaps.isEmpty { blocks.append(.list(gaps)) }
        return blocks.isEmpty
            ? [.paragraph(nothing(progress))] : blocks
    }

    private static func nothing(_ progress: SuiteProgress) -> String {
        let planned = [
            progress.trialCount > 0 ? "Every planned trial is done" : nil,
            (progress.plannedRoundCount ?? 0) > 0 ? "every planned timing round is taken" : nil,
        ].compactMap { $0 }
        return planned.isEmpty
            ? "Nothing is known to be missing."
            : Figures.sentence(Figures.joined(planned)) + ", and nothing is known to be missing."
    }

    private static func failures(_ findings: SuiteFindings) -> Table {
        var table = Table(
            name: "failures",
            caption: MethodNames.caption(
                "Trials that ended without a result.", cells: findings.progress.failed.map(\.cell)),
            columns: MethodNames.columns + [
                .init("learning rate", .trailing), .init("data seed", .trailing),
                .init("noise seed", .trailing),
                .init("reason"), .init("at step", .trailing), .init("message"),
            ], keyColumnCount: MethodNames.columns.count)
        for missing in findings.progress.failed {
            let failure = missing.trial.failure
            table.append(
                findings.names.cells(missing.cell) + [
                    Figures.setting(missing.cell.cell.method.learningRate),
                    String(missing.trial.dataSeed), String(missing.trial.noiseSeed),
                    failure.map { $0.reason == .unavailable ? "no data" : $0.reason.rawValue }
                        ?? "not recorded",
                    failure?.step.map(String.init) ?? Figures.none,
                    failure?.message ?? "",
                ])
        }
        return table
    }

    private static func unfinished(_ findings: SuiteFindings) -> [String] {
        findings.progress.unfinished.map { missing in
            let rate =
                missing.cell.cell.method.zerothOrderSettings
                .map { " at learning rate \(Figures.setting($0.learningRate))" } ?? ""
            let done = missing.trial.lastStep
            return
                "\(missing.cell.cell.model.words), \(findings.names.phrase(missing.cell))\(rate), data seed "
                + "\(missing.trial.dataSeed), noise seed \(missing.trial.noiseSeed): \(missing.trial.status.rawValue) "
                + "after \(done) of \(Figures.count(missing.cell.cell.schedule.steps, "step"))."
        }
    }

    private static func untimed(_ findings: SuiteFindings) -> [String] {
        let progress = findings.progress
        func subject(_ cell: CellResult) -> String {
            "\(cell.cell.model.words), \(findings.names.phrase(cell))"
        }
        guard let planned = progress.plannedRounds else {
            return progress.untimedCells.map {
                "\(subject($0)): no timing round, though other cells have some."
            }
                + progress.cellsWithFewerRounds.map { cell in
                    "\(subject(cell)): \(Figures.count(cell.timedRounds.count, "timing round")), "
                        + "though other cells have \(progress.mostRounds)."
                }
        }
        return (progress.untimedCells + progress.cellsWithFewerRounds).map { cell in
            "\(subject(cell)): \(cell.timedRounds.count) of \(Figures.count(planned, "timing round")) "
                + "\(cell.timedRounds.count == 1 ? "is" : "are") done."
        }
    }
}
