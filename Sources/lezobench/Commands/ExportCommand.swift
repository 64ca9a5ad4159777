import ArgumentParser
import Foundation
import Reports
import ResultStore

/// Writes what a database holds for other programs.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a database's figures as CSV files, or as a Jupyter notebook with them.",
        discussion: """
            The CSV files are in long form: one row a step, an evaluation, a round; numbers are written in full. The \
            notebook has its tables and plots in place, and code that computes them again from the CSV files.
            The same database gives the same bytes. Nothing is written to the database; files of an earlier export of the \
            suite in the same folder are overwritten.

            EXAMPLES
              lezobench export notebook runs/lezo-sst2.sqlite
              lezobench export csv runs/lezo-sst2.sqlite -o DIR
            """)

    /// What is written.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        case notebook, csv
    }

    @Argument(help: "notebook (with its CSV files) or csv (the files alone).")
    var form: Form

    @Argument(help: "The results database.")
    var database: String

    @Option(help: "The suite to export; needed when the database holds several.")
    var suite: String?

    @Option(
        name: .customLong("protocol"),
        help: "The suite's protocol (default: the one that was run last).")
    var protocolName: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help:
            "The folder to write into: SUITE.ipynb, and the CSV files in SUITE. Files of these names are overwritten."
    )
    var output = "notebooks-export"

    @OptionGroup var paths: SearchPaths

    func run() throws {
        let store = try ResultStore(path: database, mode: .readOnly)
        let export = NotebookExport(
            of: try SuiteChoice(suite, protocolName: protocolName).snapshot(in: store, path: database),
            claims: try paths.claims())
        let folder = URL(fileURLWithPath: output)
        let data = folder.appendingPathComponent(export.folderName)
        try TextFile.makeFolder(data.path)
        for file in export.dataFiles {
            try TextFile.write(file.csv, to: data.appendingPathComponent("\(file.name).csv").path)
        }
        let files = "\(export.dataFiles.count) CSV files written to \(output)/\(export.folderName)"
        guard form == .notebook else {
            StandardError.write(files + "\n")
            return
        }
        try TextFile.write(export.notebook, to: folder.appendingPathComponent(export.fileName).path)
        StandardError.write("\(output)/\(export.fileName) written; \(files)\n")
    }
}
