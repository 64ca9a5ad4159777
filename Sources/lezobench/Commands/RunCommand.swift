import ArgumentParser
import Foundation
import Kernels
import Reports
import ResultStore
import Runner
import Suites

/// Makes a database hold what a suite asks for, then reports.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a named suite: train, evaluate and time whatever its database lacks, then report.",
        discussion: """
            What is finished stays; a stopped run goes on where it was. Trials and timing rounds run one at a time, \
            each in a process of its own.

            EXAMPLES
              lezobench run smoke
              lezobench run lezo-sst2 --data DATA --models MODELS --db sst2.sqlite
              lezobench run lezo-speed --filter model=opt-125m --filter shape=16x64
              lezobench run lezo-sst2 --data DATA --models MODELS --dry-run
              lezobench run lezo-tasks --protocol quick --data DATA --models MODELS
              lezobench run lezo-sst2 --data DATA --models MODELS --shard 1/2 --db one.sqlite

            EXIT CODES
              0 all trials done that the archives at hand have data for; 1 some trials failed; 2 usage or input error; 130 stopped on request.
            """)

    @Argument(help: "The suite's name, or the path of its file.")
    var suite: String

    @Option(
        name: .customLong("protocol"),
        help: "One of the suite's protocols (default: the one that the suite names).")
    var protocolName: String?

    @OptionGroup var paths: SearchPaths

    @Option(name: .customLong("db"), help: "The results database (default: runs/SUITE.sqlite).")
    var database: String?

    @Option(
        name: .customLong("filter"), help: "Keep only what matches, as key=value; may be given several times."
    )
    var filters: [String] = []

    @Option(
        help: ArgumentHelp(
            "Do one share of the work, the i-th of N; 'lezobench merge' puts the databases together. A comparison's timing rounds stay in one share.",
            valueName: "i/N"),
        transform: { text in try Shard(text) })
    var shard: Shard?

    @OptionGroup var threads: ThreadOption

    @Flag(
        name: .customLong("dry-run"),
        help: "Show what is done, what is left, what it costs and what is missing; train nothing.")
    var isDryRun = false

    @Flag(help: "With --dry-run: print JSON.")
    var json = false

    func validate() throws {
        guard isDryRun || !json else {
            throw ValidationError(
                "--json goes with --dry-run; 'lezobench report' writes what a run has found")
        }
    }

    func run() throws {
        let suite = try SuiteLibrary.find(
            suite, in: paths.suiteFolders, vocabulary: try paths.vocabulary(), protocolName: protocolName
        ).filtered(by: filters.map { text in try SuiteFilter(text) })
        let databasePath = database ?? "runs/\(suite.name).sqlite"
        let locations = try InputLocations(
            suite: suite, dataFolders: paths.dataFolders, modelPaths: paths.modelPaths,
            sandboxFolder: "runs/sandbox")
        let inputs = SuiteInputs(
            suite: suite, dataFolders: locations.dataFolders, modelPaths: locations.modelPaths)
        if !isDryRun,
            let outcome = try FinishedRun.outcome(
                suite: suite, inputs: inputs, shard: shard, databasePath: databasePath)
        {
            if hasCurrentReport(databasePath: databasePath) {
                StandardError.write(
                    "nothing to do: \(databasePath) holds all that was asked for, trials done: \(outcome.doneTrials), "
                        + "and \(reportBase(databasePath)).md is newer; 'lezobench report \(databasePath)' shows it\n"
                )
            } else {
                try writeReport(suite, databasePath: databasePath)
            }
            return try finish(outcome, databasePath: databasePath)
        }
        let childEnvironment = ChildEnvironment()
        let machine = try MachineProbe(childEnvironment, threadCount: threads.count)
        if isDryRun {
            let store =
                FileManager.default.fileExists(atPath: databasePath)
                ? try ResultStore(path: databasePath, mode: .readOnly) : nil
            let preview = try RunPreview(
                suite: suite, inputs: inputs, probe: machine.trials, databasePath: databasePath,
                recorded: try store.flatMap { try recorded(suite, in: $0) },
                known: { try store?.trials(knownBy: $0) ?? [:] }, shard: shard)
            try StandardOutput.write(json ? try preview.json() : preview.text(estimatedBy: machine.trials))
            if !inputs.missing.isEmpty { throw ExitStatus.inputError }
            return
        }
        let plan = try SuitePlan(suite: suite, inputs: inputs, probe: machine.trials)
        try TextFile.makeFolder(of: databasePath)
        let outcome = try runPlan(
            plan, databasePath: databasePath, environment: childEnvironment, machine: machine)
        try writeReport(suite, databasePath: databasePath)
        try finish(outcome, databasePath: databasePath)
    }

    /// What a database holds of the suite, nil when that is nothing.
    private func recorded(_ suite: Suite, in store: ResultStore) throws -> ResultSnapshot? {
        guard try store.protocolNames(ofSuite: suite.name).contains(suite.protocolName) else { return nil }
        return try store.snapshot(suiteNamed: suite.name, protocolName: suite.protocolName)
    }

    private func runPlan(
        _ plan: SuitePlan, databasePath: String, environment: ChildEnvironment, machine: MachineProbe
    ) throws -> RunOutcome {
        let stop = StopRequest.announced()
        let signals = stop.listenToSignals()
        defer { signals.forEach { $0.cancel() } }
        let progress = TerminalProgress()
        defer { progress.finish() }
        let runner = SuiteRunner(
            plan: plan, store: try ResultStore(path: databasePath, mode: .readWrite),
            childEnvironment: environment, machine: machine, threadCount: threads.count, stop: stop,
            observer: progress, shard: shard)
        return try runner.run()
    }

    /// Prints the report and leaves it beside the database as Markdown and CSV.
    private func writeReport(_ suite: Suite, databasePath: String) throws {
        let store = try ResultStore(path: databasePath, mode: .readOnly)
        let report = SuiteReport.make(
            from: try store.snapshot(suiteNamed: suite.name, protocolName: suite.protocolName),
            claims: try paths.claims())
        let base = reportBase(databasePath)
        try MarkdownFile.write(report, to: base + ".md")
        try TextFile.write(CSVRenderer.render(report), to: base + ".csv")
        try StandardOutput.write(
            TerminalRenderer.render(
                report, width: StandardOutput.width, colour: StandardOutput.isTerminal))
        StandardError.write("\nreport written to \(base).md and \(base).csv; results in \(databasePath)\n")
    }

    /// The path of a database's report without what tells Markdown from CSV.
    private func reportBase(_ databasePath: String) -> String {
        databasePath.hasSuffix(".sqlite") ? String(databasePath.dropLast(7)) : databasePath
    }

    /// Whether both reports beside a database were written after its last change.
    private func hasCurrentReport(databasePath: String) -> Bool {
        func changed(_ path: String) -> Date? {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return attributes?[.modificationDate] as? Date
        }
        // What was committed last may stand in the log beside the database.
        guard let recorded = [databasePath, databasePath + "-wal"].compactMap(changed).max() else {
            return false
        }
        return [".md", ".csv"].allSatisfy {
            changed(reportBase(databasePath) + $0).map { $0 >= recorded } ?? false
        }
    }

    private func finish(_ outcome: RunOutcome, databasePath: String) throws {
        if outcome.unavailableTrials > 0 {
            StandardError.write(
                "\(outcome.unavailableTrials) trials were left out, for the archives at hand have no data for them; the "
                    + "report names them\n")
        }
        if outcome.isInterrupted {
            StandardError.write(
                "stopped on request: \(outcome.doneTrials) trials done, \(outcome.openTrials) trials and "
                    + "\(outcome.openRounds) timing rounds left; "
                    + "run the same command again to go on from there\n")
            throw ExitStatus.interrupted
        }
        if outcome.failedTrials + outcome.failedRounds > 0 {
            StandardError.write(
                "\(outcome.failedTrials) trials and \(outcome.failedRounds) timing rounds failed; "
                    + "the report names the trials with their reasons, those of rounds stand above\n")
            throw ExitStatus.someTrialsFailed
        }
    }
}
