import Archives
import ArgumentParser
import Foundation
import ResultStore
import Runner
import Training

/// Rebuilds trained weights from what a database recorded of each step.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Rebuild the trained weights of a trial from its seeds and scalars, and check them.",
        discussion: """
            A database holds no weights: each step is a seed and a few numbers, and doing the steps again gives the very \
            bits. The SHA-256 of the parameters is held against the recorded one, and the recorded evaluations are done \
            again and must give the same answers. Data and weights must be the files that the trial read.

            A trial is named by its number, by the beginning of its identity, or by words of its label; without a name \
            all trials are listed. The weights are those that were tested, of the best checkpoint, or with --final those \
            after the last step. Steps by gradients (fine-tuning) keep no such record and cannot be replayed.

            EXAMPLES
              lezobench replay runs/smoke.sqlite
              lezobench replay runs/smoke.sqlite 2 -o model.safetensors
              lezobench replay runs/lezo-sst2.sqlite 1f3a9c --data DATA --models MODELS -o FOLDER
              lezobench replay runs/smoke.sqlite "sst2 lezo 50%" --final --json

            EXIT CODES
              0 the weights and answers are those recorded; 1 they are not, and nothing was written; 2 usage or input \
            error; 130 stopped on request.
            """)

    @Argument(help: "The results database.")
    var database: String

    @Argument(help: "The trial: its number, the beginning of its identity, or words of its label.")
    var trial: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Where to write: a file that ends in .safetensors, or a folder, which gets config.json and the tokenizer too.",
            valueName: "path"))
    var output: String?

    @Flag(name: .customLong("final"), help: "The parameters after the last step instead of those tested.")
    var isFinal = false

    @Flag(
        name: .customLong("weights-only"),
        help: "Leave out the evaluations: needs no data, and only the SHA-256 is checked.")
    var isWeightsOnly = false

    @Flag(help: "Replace files that exist.")
    var overwrite = false

    @OptionGroup var paths: InputPaths

    @OptionGroup var threads: ThreadOption

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let store = try ResultStore(path: database, mode: .readOnly)
        let trials = try store.recordedTrials()
        guard let trial else { return try list(trials) }
        var settings = TrialReplay.Settings()
        settings.isFinal = isFinal
        settings.isWeightsOnly = isWeightsOnly
        settings.threadCount = threads.count
        settings.output = output.map { ReplayOutput($0, overwrites: overwrite) }
        let replay = try TrialReplay(
            TrialName.find(trial, in: trials, database: database), in: store, settings: settings)
        let stop = StopRequest.announced()
        let signals = stop.listenToSignals()
        defer { signals.forEach { $0.cancel() } }
        let outcome: ReplayOutcome
        do {
            outcome = try replay.run(
                dataFolders: paths.dataFolders, modelPaths: paths.modelPaths,
                environment: ChildEnvironment(), stop: stop)
        } catch ReplayError.interrupted {
            StandardError.write("\(ReplayError.interrupted)\n")
            throw ExitStatus.interrupted
        }
        if json {
            try printJSON(
                Answer(
                    isConfirmed: outcome.isConfirmed, hasRecordedWeights: outcome.hasRecordedWeights,
                    replay: outcome))
        } else {
            try StandardOutput.write(outcome.lines.map { $0.printable + "\n" }.joined())
        }
        if !outcome.isConfirmed { throw ExitStatus.notConfirmed }
    }

    private struct Answer: Encodable {
        let isConfirmed: Bool
        let hasRecordedWeights: Bool
        let replay: ReplayOutcome
    }

    private struct Row: Encodable {
        let trial: Int64
        let identity: String
        let label: String
        let status: String
        let steps: Int?
        let bestStep: Int?
    }

    private func list(_ trials: [RecordedTrial]) throws {
        let rows = trials.map { trial in
            Row(
                trial: trial.id, identity: trial.identity, label: trial.label, status: trial.status.rawValue,
                steps: trial.summary?.steps, bestStep: trial.summary?.bestStep)
        }
        if json { return try printJSON(rows) }
        try StandardOutput.write(
            plainTable(
                ["trial", "identity", "what it is", "state", "steps", "tested"],
                rows: rows.map { row in
                    [
                        "\(row.trial)", String(row.identity.prefix(8)), row.label.printable, row.status,
                        row.steps.map(String.init) ?? "", row.bestStep.map(String.init) ?? "",
                    ]
                }))
    }
}
