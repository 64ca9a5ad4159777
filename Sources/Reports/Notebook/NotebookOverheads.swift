/// The share of perturb and update against the length of the rows.
enum NotebookOverheads {
    static func section(_ plots: SuitePlots) -> NotebookSection? {
        guard !plots.overheads.isEmpty else { return nil }
        return NotebookSection(
            "overhead",
            """
            ## Perturb and update against the length of the rows

            Perturbing and updating take the same time whatever the batch, forward passes grow with its tokens; so what
            sparsity can save shrinks as rows get longer.
            """,
            steps: [(source, NotebookSection.shown(plots.overheads))])
    }

    private static let source = #"""
        shares = by_cell.join(cells[["model", "plan", "shape_batch", "shape_tokens", "dropped_layers"]])
        shares = shares[(shares.dropped_layers == 0) & shares.shape_tokens.notna()].sort_values("shape_tokens")
        for model, group in shares.groupby("model"):
            figure, axes = plt.subplots(figsize=(8, 4.5))
            for marker, ((batch, plan), line) in zip("os^Dv*" * 9, group.groupby(["shape_batch", "plan"])):
                axes.plot(line.shape_tokens, line.overhead, marker=marker, label=f"{batch:.0f} rows, {plan} plan")
            axes.set_xscale("log", base=2)
            axes.set(xlabel="tokens of a row", ylabel="perturb and update (% of a MeZO step)", title=model)
            axes.set_ylim(bottom=0)
            axes.legend()
            plt.show()
        """#
}
