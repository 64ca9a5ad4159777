import ArgumentParser
import Comparison
import Foundation
import Reports
import ResultStore

/// Says what two results databases have in common and where they differ.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract:
            "Compare two results databases: what only one has, then cell by cell with intervals and verdicts.",
        discussion: """
            Test scores are paired on the same examples, step times on rounds that were taken in turns; what cannot be \
            paired is labelled so. Nothing is written to the databases.

            EXAMPLES
              lezobench diff before.sqlite after.sqlite
              lezobench diff before.sqlite after.sqlite --suite lezo-sst2 -o diff.md
              lezobench diff before.sqlite after.sqlite --format json

            EXIT CODES
              0 no difference is shown; 1 they differ; 2 usage or input error.
            """)

    @Argument(help: "The results database to compare with.")
    var baseline: String

    @Argument(help: "The results database in question.")
    var candidate: String

    @Option(help: "One suite alone; all when left out.")
    var suite: String?

    @Option(
        help:
            "The form: terminal, markdown, csv or json (default: that of the file, else terminal at a terminal and markdown elsewhere)."
    )
    var format: ComparisonFormat?

    @OptionGroup var output: OutputOption

    func run() throws {
        let format = try self.format ?? output.form() ?? (output.isFile ? .markdown : .standard)
        let difference = DatabaseDifference(
            baseline: try StoredSuites.read(from: baseline, suite: suite),
            candidate: try StoredSuites.read(from: candidate, suite: suite))
        let text = try format.render(
            DifferenceReport.make(from: difference, baseline: baseline, candidate: candidate),
            inFile: output.isFile,
            json: { try jsonLine(DifferenceDocument(difference)) })
        try output.write(text)
        if difference.conclusion == .different { throw ExitStatus.databasesDiffer }
    }
}

/// The suites of a results database.
enum StoredSuites {
    /// What a database holds of one suite, or of all.
    ///
    /// - Throws: `ResultStoreError` when the file is no such database or does not hold the suite.
    static func read(from path: String, suite: String?) throws -> [ResultSnapshot] {
        let store = try ResultStore(path: path, mode: .readOnly)
        let names = try suite.map { [$0] } ?? store.suiteNames()
        return try names.map { try store.snapshot(suiteNamed: $0) }
    }
}
