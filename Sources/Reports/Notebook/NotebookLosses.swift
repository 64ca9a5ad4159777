/// The loss against steps and against training time.
enum NotebookLosses {
    static func section(_ plots: SuitePlots) -> NotebookSection? {
        guard !plots.losses.isEmpty else { return nil }
        return NotebookSection(
            "loss",
            """
            ## Loss against steps and against training time

            Development losses at the learning rate chosen, as means over seeds. Training time is the sum of the steps'
            phases, so evaluation is not in it; trials ran one after another, so times of different lines are not paired.
            """,
            steps: [(source, NotebookSection.shown(plots.losses))])
    }

    private static let source = #"""
        elapsed = pd.concat([frame for frame in (steps, gradient_steps) if len(frame)])
        elapsed = elapsed.assign(seconds=elapsed.groupby("trial").total_ns.cumsum() / 1e9)
        losses = []
        for row, cell in chosen.items():
            if cell is None:
                continue
            done = trials[(trials.cell == cell) & (trials.status == "done")].trial
            dev = evaluations[evaluations.trial.isin(done) & (evaluations.split == "dev")]
            dev = dev.merge(elapsed[["trial", "step", "seconds"]], on=["trial", "step"], how="left")
            dev.loc[dev.step == 0, "seconds"] = 0
            losses.append(dev.groupby("step")[["loss", "seconds"]].mean().reset_index().assign(cell=cell))
        losses = pd.concat(losses).join(cells[["model", "workload", "plan", "label", "steps"]], on="cell")
        losses = losses[losses.steps > 0]
        for (model, workload, plan), group in losses.groupby(["model", "workload", "plan"]):
            figure, both = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
            for axes, across, unit in zip(both, ["step", "seconds"], ["step", "training time (s)"]):
                for marker, (label, line) in zip("os^Dv*" * 9, group.groupby("label", sort=False)):
                    axes.plot(line[across], line.loss, marker=marker, label=label)
                axes.set(xlabel=unit)
            both[0].set(ylabel="development loss")
            both[0].legend()
            figure.suptitle(f"{model} on {workload}, {plan} plan")
            plt.show()
        """#
}
