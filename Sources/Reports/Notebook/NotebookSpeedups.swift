import Comparison
import Optimizers
import Plots
import ResultStore
import Statistics
import Training

/// The speedup of a step from paired rounds, with its exact interval made again.
enum NotebookSpeedups {
    static func section(_ findings: SuiteFindings, _ plots: SuitePlots) -> NotebookSection? {
        let table = table(findings)
        guard !table.isEmpty else { return nil }
        return NotebookSection(
            "speedup",
            """
            ## Speedup of a step

            Rounds are paired by number. The estimate is Hodges and Lehmann's over the logarithms of the rounds' ratios, the
            interval the exact signed-rank one at 95%, both turned into a ratio at the end. The last line holds them against
            the figures that lezobench wrote.
            """,
            steps: [(source, [table.output])]
                + (plots.speedups.isEmpty ? [] : [(plot, NotebookSection.shown(plots.speedups))]))
    }

    private static func table(_ findings: SuiteFindings) -> NotebookTable {
        var table = NotebookTable(columns: [
            "model", "data", "plan", "method", "against", "rounds", "speedup", "95% low", "95% high",
        ])
        for speedup in findings.speedups + findings.planSpeedups {
            guard let measurement = speedup.measurement else { continue }
            let cell = speedup.candidate.cell
            table.append([
                cell.model.words, cell.workload.words, cell.plan.rawValue,
                PlotWords.method(speedup.candidate, findings),
                "\(PlotWords.method(speedup.baseline, findings)), \(speedup.baseline.cell.plan.rawValue)",
                String(speedup.pairs.count), Figures.ratio(measurement.speedup),
                Figures.ratio(measurement.interval.lower), Figures.ratio(measurement.interval.upper),
            ])
        }
        return table
    }

    private static let source = #"""
        def signed_rank_cut(n, tail=0.025):
            """The largest k with P(W+ <= k) <= tail for the signed-rank sum of n differences."""
            ways = np.zeros(n * (n + 1) // 2 + 1)
            ways[0] = 1
            for rank in range(1, n + 1):
                ways[rank:] = ways[rank:] + ways[:-rank]
            return int(np.searchsorted(np.cumsum(ways) / 2.0**n, tail, side="right")) - 1


        def hodges_lehmann(differences):
            """The centre of paired differences with the ends of its exact interval at 95%."""
            first, second = np.triu_indices(len(differences))
            averages = np.sort((differences[first] + differences[second]) / 2)
            cut = signed_rank_cut(len(differences))
            return np.median(averages), averages[cut], averages[-1 - cut]


        speedups = read("speedups")
        pairs = read("speedup_rounds")
        medians = round_steps.groupby(["cell", "round"]).total_ns.median()
        table, made = [], []
        for facts in speedups[speedups.speedup.notna()].itertuples():
            own = pairs[pairs.comparison == facts.comparison]["round"]
            candidate = medians[facts.candidate_cell].loc[own].to_numpy()
            baseline = medians[facts.baseline_cell].loc[own].to_numpy()
            centre, low, high = hodges_lehmann(np.log(candidate / baseline))
            made.append((np.exp(-centre), np.exp(-high), np.exp(-low)))
            cell, against = cells.loc[facts.candidate_cell], cells.loc[facts.baseline_cell]
            table.append({
                "model": cell.model, "data": cell.workload, "plan": cell.plan, "method": cell.label,
                "against": f"{against.label}, {against.plan}", "rounds": len(own),
                "speedup": ratio(made[-1][0]), "95% low": ratio(made[-1][1]), "95% high": ratio(made[-1][2]),
            })
        show(table)
        written = speedups.loc[speedups.speedup.notna(), ["speedup", "low", "high"]]
        np.testing.assert_allclose(made, written, rtol=1e-9)
        """#

    private static let plot = #"""
        measured = speedups[(speedups.kind == "sparse-over-dense") & speedups.speedup.notna()]
        measured = measured.join(cells[["model", "plan", "workload", "sparsity", "label"]], on="candidate_cell")
        for (model, plan), group in measured.groupby(["model", "plan"]):
            figure, axes = plt.subplots(figsize=(8, 4.5))
            for slot, (workload, line) in enumerate(group.groupby("workload", sort=False)):
                line = line.sort_values("sparsity")
                errors = [line.speedup - line.low, line.high - line.speedup]
                axes.errorbar(line.sparsity, line.speedup, errors, capsize=3, marker="os^Dv*"[slot % 6],
                              color=f"C{slot}", label=workload)
                axes.plot(line.sparsity, line.amdahl_bound, ":", color=f"C{slot}")
            axes.axhline(1, color="grey", linestyle="--")
            axes.set(xlabel="sparsity", ylabel="speedup of a step", title=f"{model}, {plan} plan (dotted: Amdahl's bound)")
            axes.legend()
            plt.show()
        """#
}
