import Comparison
import Optimizers
import Plots
import ResultStore
import Statistics
import Training

/// The scores on test examples: the choice on development examples made again, then the figures.
enum NotebookScores {
    static func section(_ findings: SuiteFindings, _ plots: SuitePlots) -> NotebookSection? {
        guard !findings.accuracy.rows.isEmpty, findings.progress.trialCount > 0 else { return nil }
        return NotebookSection(
            "scores",
            """
            ## Scores on test examples

            For each method and task the learning rate with the lowest development loss is taken, or the highest score
            where checkpoints are chosen by that (a mean over trials; none at which a trial diverged), and each trial's test
            score at its own best step. Test examples take no part.
            """,
            steps: [(choice, [table(findings).output]), (plot, NotebookSection.shown(plots.scores))])
    }

    private static func table(_ findings: SuiteFindings) -> NotebookTable {
        var table = NotebookTable(columns: [
            "model", "data", "plan", "method", "learning rate", "seeds", "score (%)", "deviation",
        ])
        for row in findings.accuracy.rows {
            let cell = row.representative
            let values = row.scores.map { 100 * $0.value }
            table.append([
                cell.cell.model.words, cell.cell.workload.words, cell.cell.plan.rawValue,
                PlotWords.method(cell, findings), Figures.setting(row.choice?.chosen.learningRate),
                String(values.count), Figures.fixed(mean(of: values), decimals: 1),
                Figures.fixed(standardDeviation(of: values), decimals: 1),
            ])
        }
        return table
    }

    private static let choice = #"""
        def choose(row):
            """The cell whose learning rate development examples choose, None when nothing can be chosen."""
            members = cells[cells.row == row].sort_values("learning_rate", na_position="first")
            candidates = []
            for cell in members.index:
                own = trials[trials.cell == cell]
                done = own[own.status == "done"].trial
                if (own.failure_reason == "diverged").any() or not len(done):
                    continue
                dev = evaluations[evaluations.trial.isin(done) & (evaluations.split == "dev")]
                by_trial = dev[np.isfinite(dev.loss)].groupby("trial")
                by_metric = members.checkpoint[cell] == "dev-metric"
                cost = -by_trial.value.max().mean() if by_metric else by_trial.loss.min().mean()
                candidates.append((cost, cell))
            if len(members) == 1:
                return candidates[0][1] if candidates else None
            candidates = [candidate for candidate in candidates if np.isfinite(candidate[0])]
            return min(candidates, key=lambda candidate: candidate[0])[1] if candidates else None


        def test_scores(cell):
            """The test score in percent of each finished trial at its best step."""
            done = trials[(trials.cell == cell) & (trials.status == "done")]
            test = evaluations[evaluations.split == "test"].merge(
                done, left_on=["trial", "step"], right_on=["trial", "best_step"])
            return 100 * test.sort_values("trial").value


        chosen = {row: choose(row) for row in sorted(cells.row.dropna().unique())}
        scores = {row: test_scores(cell) for row, cell in chosen.items()}
        table = []
        for row, cell in chosen.items():
            facts = cells.loc[cell] if cell is not None else cells[cells.row == row].iloc[0]
            values = scores[row]
            table.append({
                "model": facts.model, "data": facts.workload, "plan": facts.plan, "method": facts.label,
                "learning rate": setting(facts.learning_rate if cell is not None else None),
                "seeds": len(values), "score (%)": number(values.mean()),
                "deviation": number(values.std(ddof=1)),
            })
        show(table)
        """#

    private static let plot = #"""
        written = read("scores")
        for model in cells[cells.row.notna()].model.unique():
            shown = [row for row in chosen if len(scores[row]) and (cells[cells.row == row].model == model).any()]
            if not shown:
                continue
            figure, axes = plt.subplots(figsize=(8, 1.5 + 0.35 * len(shown)))
            labels = []
            for place, row in enumerate(reversed(shown)):
                facts = cells.loc[chosen[row]]
                own = written[written.row == row]
                # One seed: lezobench's interval over test examples. Several: the seeds themselves.
                if len(own) == 1 and own[["low", "high"]].notna().all(axis=None):
                    axes.plot(100 * own[["low", "high"]].iloc[0], [place, place], color="C0")
                axes.plot(scores[row], [place] * len(scores[row]), "o", markersize=4, markerfacecolor="none", color="C7")
                axes.plot(scores[row].mean(), place, "o", color="C0")
                labels.append(f"{facts.workload}: {facts.label}, {facts.plan}")
            axes.set(yticks=range(len(labels)), yticklabels=labels, xlabel="score (%)", title=model)
            plt.show()
        """#
}
