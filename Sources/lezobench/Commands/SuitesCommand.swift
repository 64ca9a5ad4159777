import ArgumentParser
import Runner
import Suites

/// Lists the suites.
struct SuitesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suites",
        abstract:
            "List the named suites and their protocols: what each runs, the claims it checks, and what it still lacks.",
        discussion: """
            EXAMPLES
              lezobench suites
              lezobench suites --data DATA --models MODELS --json

            EXIT CODES
              0 done; 2 usage or input error, or no suite was found.
            """)

    @OptionGroup var paths: SearchPaths

    @Flag(help: "Print JSON.")
    var json = false

    private struct Row: Encodable {
        let name: String
        let `protocol`: String?
        let isDefault: Bool
        let title: String
        let trials: Int
        let timingRounds: Int
        let claims: [String]
        let missing: [String]

        /// The protocol's name, with a word when it is the default of several.
        var protocolWords: String {
            guard let name = self.protocol else { return "" }
            return isDefault ? "\(name) (default)" : name
        }
    }

    func run() throws {
        let found = SuiteLibrary.list(in: paths.suiteFolders, vocabulary: try paths.vocabulary())
        guard !found.isEmpty else {
            let folders = paths.suiteFolders
            throw InputError(
                (folders.isEmpty
                    ? "there is no folder 'suites' here or beside the program"
                    : "there are no suite files in \(folders.joined(separator: ", "))")
                    + "; name a folder with suite files with --suites")
        }
        let rows = try found.map { try $0.get() }.map { suite in
            Row(
                name: suite.name, protocol: suite.protocolName.isEmpty ? nil : suite.protocolName,
                isDefault: suite.protocolName == suite.defaultProtocolName, title: suite.title,
                trials: suite.trials.count,
                timingRounds: (suite.timing?.rounds ?? 0) * suite.timingCells.count, claims: suite.claims,
                missing: missing(for: suite))
        }
        if json {
            try printJSON(rows)
            return
        }
        let table = plainTable(
            ["suite", "protocol", "what it runs", "trials", "rounds", "claims", "missing"],
            rows: rows.map { row in
                [
                    row.name, row.protocolWords, row.title, "\(row.trials)", "\(row.timingRounds)",
                    row.claims.joined(separator: " "),
                    row.missing.isEmpty ? "nothing" : row.missing.joined(separator: ", "),
                ]
            })
        try StandardOutput.write(table)
        if rows.contains(where: { !$0.missing.isEmpty }) {
            try StandardOutput.write(
                """

                Name data with --data and models with --models;
                `lezobench run SUITE --dry-run` says what was looked for and where.

                """)
        }
    }

    private func missing(for suite: Suite) -> [String] {
        // A sandbox suite makes its own inputs when it runs.
        if suite.usesSandbox { return [] }
        let inputs = SuiteInputs(
            suite: suite, dataFolders: paths.dataFolders, modelPaths: paths.modelPaths)
        return inputs.missing.map(\.subject)
            + inputs.trainSplitLacks.keys.sorted().map { "train split of \($0)" }
    }
}
