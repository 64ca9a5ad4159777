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
              lezobench report runs/smoke.sqlite
              lezobench report runs/lezo-sst2.sqlite -o sst2.md
              lezobench report runs/lezo-sst2.sqlite --format csv
              lezobench report runs/lezo-phase-share.sqlite --table by-tokens -o by-tokens.csv
              lezobench report runs/lezo-sst2.sqlite -o sst2.tex
              lezobench report runs/lezo-sst2.sqlite --format latex --table scores-by-task

            With --format markdown -o FILE.md the plots are written beside it, into FILE-plots. A LaTeX document needs \
            the packages array, booktabs, float and graphicx; a single table is made for \\input and needs lscape \
            instead of float.
            """)

    @Argument(help: "The results database.")
    var database: String

    @Option(help: "The suite to report; needed when the database holds several.")
    var suite: String?

    @Option(
        name: .customLong("protocol"),
        help: "The suite's protocol (default: the one that was run last).")
    var protocolName: String?

    @Option(
        help: "The form: terminal, markdown, csv or latex (default: terminal at a terminal, else markdown).")
    var format: ReportFormat?

    @Option(
        help: "One table alone, by its name in the CSV form; as CSV a header and its rows, ready to plot.")
    var table: String?

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "A file to write instead of standard output.")
    var output: String?

    @OptionGroup var paths: SearchPaths

    func run() throws {
        let store = try ResultStore(path: database, mode: .readOnly)
        let report = SuiteReport.make(
            from: try SuiteChoice(suite, protocolName: protocolName).snapshot(in: store, path: database),
            claims: try paths.claims())
        let form = format ?? (output == nil ? .standard : .markdown)
        if let output, form == .markdown, table == nil {
            try MarkdownFile.write(report, to: output)
            return
        }
        let text = try table.map { form.render(try chosenTable($0, of: report)) } ?? form.render(report)
        if let output {
            try TextFile.write(text, to: output)
        } else {
            StandardOutput.write(text)
        }
    }

    private func chosenTable(_ name: String, of report: Report) throws -> Table {
        let tables = report.namedTables
        guard var table = tables.first(where: { $0.name == name })?.table else {
            let names = tables.map(\.name).joined(separator: ", ")
            throw ValidationError("the report has no table '\(name)'; it has: \(names)")
        }
        // In LaTeX the name is the label, which must differ.
        table.name = name
        return table
    }
}
