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
              lezobench report results/lezo-phase-share.sqlite --table by-tokens --format csv -o by-tokens.csv
            """)

    @Argument(help: "The results database.")
    var database: String

    @Option(help: "The suite to report; needed when the database holds several.")
    var suite: String?

    @Option(help: "The form: terminal, markdown or csv (default: terminal at a terminal, else markdown).")
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
            from: try store.snapshot(suiteNamed: try chosenSuite(of: store)),
            claims: try paths.claims())
        let format = self.format ?? (output == nil ? .standard : .markdown)
        let text = try table.map { format.render(try chosenTable($0, of: report)) } ?? format.render(report)
        if let output {
            try TextFile.write(text, to: output)
        } else {
            StandardOutput.write(text)
        }
    }

    private func chosenTable(_ name: String, of report: Report) throws -> Table {
        let tables = report.namedTables
        guard let table = tables.first(where: { $0.name == name })?.table else {
            throw ValidationError("the report has no table '\(name)'; it has: \(list(tables.map(\.name)))")
        }
        return table
    }

    private func chosenSuite(of store: ResultStore) throws -> String {
        let names = try store.suiteNames()
        if let suite {
            guard names.contains(suite) else {
                throw ValidationError("\(database) holds no suite '\(suite)'; it holds: \(list(names))")
            }
            return suite
        }
        guard let only = names.first, names.count == 1 else {
            throw ValidationError(
                "\(database) holds \(names.count) suites (\(list(names))); choose one with --suite")
        }
        return only
    }

    private func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}
