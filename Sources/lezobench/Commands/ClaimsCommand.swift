import ArgumentParser
import Comparison
import Reports
import ResultStore

/// Holds reported figures against what a database measured.
struct ClaimsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "Say which reported figures a results database supports or contradicts.",
        discussion: """
            Each claim is shown with its source, the figure measured here with its interval, what differs, and a \
            verdict that comes from the interval alone: supported, same direction, contradicted, undecided (with \
            what would decide), not comparable (with the direction) or not measured. Nothing is written to the database.

            EXAMPLES
              lezobench claims runs/lezo-speed.sqlite
              lezobench claims runs/lezo-sst2.sqlite --paper LEZO -o claims.md
              lezobench claims runs/lezo-phase-share.sqlite --paper 2604.18264 --format csv
              lezobench claims runs/lezo-sst2.sqlite --format json
            """)

    /// The forms of the verdicts.
    enum Format: String, FileForm, ExpressibleByArgument {
        case text, markdown, csv, json

        var fileEnding: FileEnding? {
            switch self {
            case .text: nil
            case .markdown: .markdown
            case .csv: .csv
            case .json: .json
            }
        }
    }

    @Argument(help: "The results database.")
    var database: String

    @Option(
        help:
            "Assess all figures of one source, by its arXiv number or the first word of its claims, instead of those that the suite names."
    )
    var paper: String?

    @Option(help: "One suite of the database; all of them when left out.")
    var suite: String?

    @Option(
        help:
            "The form: text, markdown, csv (the verdicts alone) or json (default: that of the file, else text)."
    )
    var format: Format?

    @OptionGroup var output: OutputOption

    @OptionGroup var paths: SearchPaths

    func run() throws {
        let format = try self.format ?? output.form() ?? .text
        let store = try ResultStore(path: database, mode: .readOnly)
        let ledger = try paths.claims()
        let claims = try paper.map { try self.claims(of: $0, in: ledger) }
        let snapshots = try suiteNames(in: store).map { try store.snapshot(suiteNamed: $0) }
        let text = try text(snapshots, ledger: ledger, claims: claims, in: format)
        try output.write(text)
    }

    private func text(
        _ snapshots: [ResultSnapshot], ledger: ClaimsLedger, claims: [Claim]?, in format: Format
    ) throws -> String {
        if format == .json {
            return try jsonLine(ClaimsDocument(from: snapshots, ledger: ledger, claims: claims))
        }
        let report = ClaimsReport.make(from: snapshots, ledger: ledger, claims: claims)
        return switch format {
        case .text:
            TerminalRenderer.render(
                report, width: StandardOutput.width, colour: StandardOutput.isTerminal && !output.isFile)
        case .markdown: MarkdownRenderer.render(report)
        case .csv, .json: ClaimsReport.verdictsCSV(from: snapshots, ledger: ledger, claims: claims)
        }
    }

    private func suiteNames(in store: ResultStore) throws -> [String] {
        let names = try store.suiteNames()
        guard !names.isEmpty else { throw InputError("\(database) holds no suite yet") }
        guard let suite else { return names }
        guard names.contains(suite) else {
            throw InputError(
                "\(database) holds no suite '\(suite)'; it holds: \(names.joined(separator: ", "))")
        }
        return [suite]
    }

    private func claims(of paper: String, in ledger: ClaimsLedger) throws -> [Claim] {
        let found = ledger.claims.filter {
            $0.arxiv == paper || $0.sourceWord.lowercased() == paper.lowercased()
        }
        guard found.isEmpty else { return found }
        let words = Set(ledger.claims.map(\.sourceWord)).sorted().joined(separator: ", ")
        let numbers = Set(ledger.claims.map(\.arxiv)).filter { !$0.isEmpty }.sorted().joined(separator: ", ")
        throw InputError(
            "the ledger has no claims of '\(paper)'; it has those of \(words); by arXiv number \(numbers)")
    }
}
