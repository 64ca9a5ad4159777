import ArgumentParser
import Foundation
import Reports
import ResultStore

/// Renders what a database holds.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render the report of a results database.",
        discussion: """
            The same database gives the same bytes. Nothing is written to the database.

            EXAMPLES
              lezobench report results/smoke.sqlite
              lezobench report results/lezo-sst2.sqlite --format markdown -o results/lezo-sst2.md
              lezobench report results/lezo-sst2.sqlite --format csv
              lezobench report results/lezo-sst2.sqlite --format latex -o results/lezo-sst2.tex
              lezobench report results/lezo-sst2.sqlite --format latex --table scores-by-task

            With --format markdown -o FILE.md the plots are written beside it, into FILE-plots. A LaTeX document needs \
            the packages booktabs, array, graphicx and lscape; a single table is made for \\input.
            """)

    @Argument(help: "The results database.")
    var database: String

    @Option(help: "The suite to report; needed when the database holds several.")
    var suite: String?

    @Option(help: "The form: terminal, markdown, csv or latex (default: terminal at a terminal, else markdown).")
    var format: ReportFormat?

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "A file to write instead of standard output.")
    var output: String?

    @Option(help: "The name of a table, to get it alone.")
    var table: String?

    @OptionGroup var paths: SearchPaths

    func run() throws {
        let store = try ResultStore(path: database, mode: .readOnly)
        let report = SuiteReport.make(
            from: try store.snapshot(suiteNamed: try SuiteChoice(suite).name(in: store, path: database)),
            claims: try paths.claims())
        let form = format ?? (output == nil ? .standard : .markdown)
        if let output, form == .markdown, table == nil {
            try MarkdownFile.write(report, to: output)
            return
        }
        let text =
            try table.map { try tables(named: $0, of: report).map(form.render).joined(separator: "\n") }
            ?? form.render(report)
        if let output {
            try TextFile.write(text, to: output)
        } else {
            StandardOutput.write(text)
        }
    }

    /// All tables of a name; a suite with several models or plans has several.
    private func tables(named name: String, of report: Report) throws -> [Table] {
        let all = report.tables.map(\.table)
        let chosen = all.filter { $0.name == name }
        guard chosen.isEmpty else { return chosen }
        let names = all.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        throw ValidationError("the report has no table '\(name)'; it has: \(names.joined(separator: ", "))")
    }
}
