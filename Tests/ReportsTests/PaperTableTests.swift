import Comparison
import Reports
import ResultStore
import Testing
import Training

@Suite("Paper tables")
struct PaperTableTests {
    private func tables(_ snapshot: ResultSnapshot, named name: String) throws -> [Table] {
        SuiteReport.make(from: snapshot, claims: try SampleSuites.ledger).tables.map(\.table)
            .filter { $0.name == name }
    }

    @Test("methods are rows and tasks are columns, with mean and spread, and every state is told")
    func states() throws {
        let table = try #require(tables(SampleSuites.seeds, named: "scores-by-task").first)
        #expect(
            table.columns.map(\.title) == [
                "method", "sparsity", "dropped layers", "SST-2 (%)", "CB (%)", "COPA (%)", "average",
            ])
        #expect(
            table.rows == [
                ["zero-shot", "–", "–", "50.9", "failed (1/1)", "53.0", "–"],
                ["MeZO", "0.00", "0/30", "83.2 ± 0.6", "70.8 ± 2.7", "61.0 (1/3)", "–"],
                ["LeZO", "0.50", "15/30", "69.3 ± 0.7", "72.0 ± 2.7", "planned (0/3)", "–"],
                ["LeZO", "0.77", "23/30", "63.1 ± 1.1", "planned (0/3)", "–", "–"],
            ])
        #expect(
            table.caption
                == "Scores on test examples of smollm2-135m-instruct, mean and standard deviation over 1 to 3 seeds; "
                + "test examples: SST-2 872, CB 56, COPA 100.")
    }

    @Test("a score is marked only where every paired interval leaves out 0 and nothing is still to come")
    func marks() throws {
        let table = try #require(tables(SampleSuites.seeds, named: "scores-by-task").first)
        // MeZO on SST-2; on CB LeZO leads by less than its interval, on COPA MeZO leads but has two trials to come.
        #expect(table.emphasized == [Table.Place(row: 1, column: 3)])
        let differences = try #require(tables(SampleSuites.seeds, named: "score-differences").first)
        let decided = differences.rows.filter { $0[0] == "SST-2" }.map { $0[8] }
        #expect(decided == ["yes", "yes", "yes"])
        #expect(differences.rows.filter { $0[0] == "CB" }.map { $0[8] } == ["no"])
        #expect(differences.rows.filter { $0[0] == "COPA" }.map { $0[8] } == ["yes"])
    }

    @Test("an average is given only to rows with all tasks done")
    func averages() throws {
        var snapshot = SampleSuites.seeds
        snapshot.cells.removeAll {
            $0.cell.workload != SampleSuites.sst2 && $0.cell.workload != SampleSuites.cb
        }
        let table = try #require(tables(snapshot, named: "scores-by-task").first)
        #expect(table.rows.map { $0.last } == ["–", "77.0", "70.7", "–"])
    }

    @Test("marks are bold in Markdown and LaTeX, an asterisk in CSV and at a terminal")
    func renderings() throws {
        let table = try #require(tables(SampleSuites.seeds, named: "scores-by-task").first)
        #expect(MarkdownRenderer.render(table).contains("**83.2 ± 0.6**"))
        #expect(LaTeXRenderer.render(table).contains("\\textbf{83.2 $\\pm$ 0.6}"))
        #expect(CSVRenderer.render(table).contains(",83.2 ± 0.6*,"))
        #expect(TerminalTable(table).render(width: 200, colour: false).contains("83.2 ± 0.6*"))
    }

    @Test("the table does not depend on the order in which cells and trials were stored")
    func order() throws {
        var snapshot = SampleSuites.seeds
        let expected = try tables(snapshot, named: "scores-by-task")
        snapshot.cells.reverse()
        for index in snapshot.cells.indices { snapshot.cells[index].trials.reverse() }
        #expect(try tables(snapshot, named: "scores-by-task") == expected)
    }

    @Test("seeds whose scores all differ by the same amount decide nothing")
    func degenerate() throws {
        var snapshot = SampleSuites.seeds
        snapshot.cells.removeAll { $0.cell.workload != SampleSuites.sst2 }
        for index in snapshot.cells.indices {
            guard let first = snapshot.cells[index].trials.first else { continue }
            for other in snapshot.cells[index].trials.indices {
                snapshot.cells[index].trials[other].evaluations = first.evaluations
            }
        }
        let table = try #require(tables(snapshot, named: "scores-by-task").first)
        #expect(table.emphasized.isEmpty)
    }

    @Test("a suite without tasks has no such table")
    func none() throws {
        #expect(try tables(SampleSuites.timed, named: "scores-by-task").isEmpty)
    }
}
