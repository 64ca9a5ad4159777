import Comparison
import Optimizers
import Plots
import ResultStore
import Training

/// Where a step's time goes.
enum NotebookPhases {
    static func section(_ findings: SuiteFindings, _ plots: SuitePlots) -> NotebookSection? {
        let summaries = summaries(findings)
        guard !summaries.isEmpty else { return nil }
        return NotebookSection(
            "phases",
            """
            ## Where a step's time goes

            Steps of one process share its luck, so each round (or, where no rounds were taken, each trial) is reduced to its
            median first; the table has medians over these. Only perturb and update can shrink with sparsity.
            """,
            steps: [
                (shares, [table(summaries, findings).output]), (plot, NotebookSection.shown(plots.phases)),
            ])
    }

    private static func summaries(_ findings: SuiteFindings) -> [StepTimeSummary] {
        findings.roundTimes.isEmpty ? findings.trainingTimes : findings.roundTimes
    }

    private static func table(_ summaries: [StepTimeSummary], _ findings: SuiteFindings) -> NotebookTable {
        var table = NotebookTable(columns: [
            "model", "data", "plan", "method", "learning rate", "step (ms)", "perturb (%)", "update (%)",
            "forward (%)", "perturb and update (%)",
        ])
        for summary in summaries {
            let cell = summary.cell.cell
            table.append([
                cell.model.words, cell.workload.words, cell.plan.rawValue,
                PlotWords.method(summary.cell, findings),
                Figures.setting(cell.method.learningRate),
                Figures.fixed(summary.totalNanoseconds.median / 1e6, decimals: 3),
                Figures.percent(summary.phaseShares.perturb), Figures.percent(summary.phaseShares.update),
                Figures.percent(summary.phaseShares.forward), Figures.percent(summary.overheadShare.median),
            ])
        }
        return table
    }

    private static let shares = #"""
        if len(round_steps):
            timed, unit = round_steps, ["cell", "round"]
        else:
            timed, unit = steps.merge(trials[["trial", "cell"]], on="trial"), ["cell", "trial"]
        values = timed[unit].copy()
        values["step"] = timed.total_ns / 1e6
        for phase in phases:
            values[phase] = 100 * timed[phase] / timed.total_ns
        values["overhead"] = 100 * (timed.perturb_ns + timed.update_ns) / timed.total_ns
        by_unit = values.groupby(unit).median()
        by_cell = by_unit.groupby("cell").median()
        show([
            {
                "model": cells.model[cell], "data": cells.workload[cell], "plan": cells.plan[cell],
                "method": cells.label[cell], "learning rate": setting(cells.learning_rate[cell]),
                "step (ms)": number(row.step, 3), "perturb (%)": number(row.perturb_ns),
                "update (%)": number(row.update_ns), "forward (%)": number(row.forward_ns),
                "perturb and update (%)": number(row.overhead),
            }
            for cell, row in by_cell.iterrows()
        ])
        """#

    private static let plot = #"""
        described = by_cell.join(cells[["model", "workload", "plan", "label"]])
        for (model, plan), group in described.groupby(["model", "plan"]):
            group = group.drop_duplicates(["workload", "label"])[::-1]
            figure, axes = plt.subplots(figsize=(8, 1.5 + 0.35 * len(group)))
            left = np.zeros(len(group))
            names = group.workload + ": " + group.label
            for phase, hatch in zip(["perturb_ns", "update_ns", "forward_ns", "select_ns"], ["", "//", "", "\\\\"]):
                axes.barh(names, group[phase], left=left, hatch=hatch, label=phase[:-3])
                left += group[phase].to_numpy()
            axes.set(xlabel="share of a step (%)", title=f"{model}, {plan} plan")
            axes.legend(ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1.08))
            plt.show()
        """#
}
