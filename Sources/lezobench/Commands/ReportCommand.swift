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

            With -o FILE.md the plots are written beside it, into FILE-plots. A LaTeX document needs \
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
        help:
            "The form: terminal, markdown, csv or latex (default: that of the file, else terminal at a terminal and markdown elsewhere)."
    )
    var format: ReportFormat?

    @Option(
        help: "One table alone, by its name in the CSV form; as CSV a header and its rows, ready to plot.")
    var table: String?

    @OptionGroup var output: OutputOption

    @OptionGroup var paths: SearchPaths

    func run() throws {
        let form = try format ?? output.form() ?? (output.isFile ? .markdown : .standard)
        let store = try ResultStore(path: database, mode: .readOnly)
        let report = SuiteReport.make(
            from: try SuiteChoice(suite, protocolName: protocolName).snapshot(in: store, path: database),
            claims: try paths.claims())
        if let path = output.path, form == .markdown, table == nil {
            try MarkdownFile.write(report, to: path)
            return OutputOption.announce(path)
        }
        let text =
            try table.map { form.render(try chosenTable($0, of: report), inFile: output.isFile) }
            ?? form.render(report, inFile: output.isFile)
        try output.write(text)
    }

    private func chosenTable(_ name: String, of report: Report) throws -> Table {
        let tables = report.namedTables
        guard var table = tables.first(where: { $0.name == name })?.table else {
            let names = tables.map(\.name).joined(separator: ", ")
            throw InputError("the report has no table '\(name)'; it has: \(names)")
        }
        // In LaTeX the name is the label, which must differ.
        table.name = name
        return table
    }
}
