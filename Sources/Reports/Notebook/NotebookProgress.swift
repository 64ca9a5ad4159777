import Comparison
import Optimizers
import ResultStore
import Training

/// How far each method has come, asked of the files in SQL.
enum NotebookProgress {
    static func section(_ findings: SuiteFindings) -> NotebookSection? {
        guard !findings.cells.isEmpty else { return nil }
        return NotebookSection(
            "progress",
            """
            ## What was planned and what is done

            The CSV files as a database in memory, for questions in SQL; each file is a table. Of trials that are neither done
            nor failed some are still to come.
            """,
            steps: [(source, [table(findings).output])])
    }

    private static func table(_ findings: SuiteFindings) -> NotebookTable {
        var table = NotebookTable(columns: [
            "model", "data", "plan", "method", "cells", "trials", "done", "failed", "rounds",
        ])
        let groups = Grouping.inOrder(findings.cells) { result in
            let cell = result.cell
            return [
                cell.model.words, cell.workload.words, cell.plan.rawValue, PlotWords.method(result, findings),
            ]
        }
        for (key, cells) in groups {
            let trials = cells.flatMap(\.trials)
            table.append(
                key
                    + [
                        cells.count, trials.count, trials.count { $0.status == .done },
                        trials.count { $0.status == .failed },
                        cells.reduce(0) { sum, cell in sum + cell.rounds.count { !$0.stepNanoseconds.isEmpty }
                        },
                    ].map(String.init))
        }
        return table
    }

    private static let source = #"""
        database = sqlite3.connect(":memory:")
        for path in sorted(folder.glob("*.csv")):
            read(path.stem).to_sql(path.stem, database, index=False)
        progress = pd.read_sql_query(
            """
            WITH ended AS (
                SELECT cell, COUNT(*) AS trials, SUM(status = 'done') AS done, SUM(status = 'failed') AS failed
                FROM trials GROUP BY cell),
            every_step AS (
                SELECT cell, round FROM round_steps UNION ALL SELECT cell, round FROM first_order_round_steps),
            timed AS (SELECT cell, COUNT(DISTINCT round) AS rounds FROM every_step GROUP BY cell)
            SELECT model, workload AS data, plan, label AS method, COUNT(*) AS cells,
                   COALESCE(SUM(trials), 0) AS trials, COALESCE(SUM(done), 0) AS done,
                   COALESCE(SUM(failed), 0) AS failed, COALESCE(SUM(rounds), 0) AS rounds
            FROM cells LEFT JOIN ended USING (cell) LEFT JOIN timed USING (cell)
            GROUP BY model, workload, plan, label
            ORDER BY MIN(cell)
            """,
            database)
        show(progress.to_dict("records"))
        """#
}
