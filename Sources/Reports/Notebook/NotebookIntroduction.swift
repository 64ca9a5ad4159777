import Comparison
import ResultStore

/// The notebook's beginning: what it is, and the reading of the files.
enum NotebookIntroduction {
    static func section(_ findings: SuiteFindings, folder: String) -> NotebookSection {
        let snapshot = findings.snapshot
        let summary = SummarySection.blocks(findings).map { block -> String in
            if case .list(let items) = block {
                items.map { "- \(MarkdownRenderer.escaped($0))" }.joined(separator: "\n")
            } else {
                ""
            }
        }
        let text = """
            # \(MarkdownRenderer.escaped(snapshot.title.isEmpty ? snapshot.suiteName : "\(snapshot.suiteName): \(snapshot.title)"))

            Made by `lezobench export notebook`. The outputs are those of lezobench itself; running the cells computes the
            tables and plots again, from the CSV files in `\(folder)` beside this notebook, with pandas, NumPy and Matplotlib.

            \(summary.joined(separator: "\n\n"))
            """
        let source = source.replacing("SUITE", with: folder)
        let counts =
            "\(findings.cells.count) cells, \(findings.progress.trialCount) trials, \(findings.progress.roundCount) timing rounds\n"
        return NotebookSection("start", text, steps: [(source, [.printed(counts)])])
    }

    private static let source = #"""
        import sqlite3
        from pathlib import Path

        import matplotlib.pyplot as plt
        import numpy as np
        import pandas as pd
        from IPython.display import HTML, display

        pd.set_option("display.max_colwidth", None)
        folder = Path("SUITE")
        phases = ["select_ns", "perturb_ns", "forward_ns", "update_ns"]


        def read(name):
            """One of the CSV files; without rows where the suite has no such thing."""
            # Seeds have 64 bits without a sign, which SQLite's integers cannot hold.
            seeds = {"seed": str, "data_seed": str, "noise_seed": str}
            return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""], dtype=seeds)


        def show(rows):
            """Rows of text as a table without an index."""
            display(HTML(pd.DataFrame(rows).to_html(index=False, border=0)))


        def number(value, decimals=1):
            """Digits, or a dash where there is no value."""
            return f"{value:.{decimals}f}" if value is not None and np.isfinite(value) else "–"


        def ratio(value):
            """A ratio of times with three decimals, two from 10 on."""
            return number(value, 3 if value < 10 else 2)


        def setting(value):
            """A learning rate in its shortest form."""
            if value is None or not np.isfinite(value):
                return "–"
            return f"{value:g}" if value >= 0.01 else np.format_float_scientific(value, trim="-", exp_digits=1)


        cells = read("cells").set_index("cell")
        trials = read("trials")
        steps = read("steps")
        gradient_steps = read("first_order_steps")
        evaluations = read("evaluations")
        rounds = read("rounds")
        round_steps = read("round_steps")
        gradient_round_steps = read("first_order_round_steps")
        for frame in (steps, round_steps):
            if len(frame):
                frame["total_ns"] = frame[phases].sum(axis=1)
        for frame in (gradient_steps, gradient_round_steps):
            if len(frame):
                frame["total_ns"] = frame[["forward_ns", "backward_ns", "update_ns"]].sum(axis=1)
        timed = sum(
            len(frame.drop_duplicates(["cell", "round"])) for frame in (round_steps, gradient_round_steps))
        print(f"{len(cells)} cells, {len(trials)} trials, {timed} timing rounds")
        """#
}
