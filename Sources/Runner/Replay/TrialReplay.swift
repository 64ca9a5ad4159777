import Foundation
import LanguageModels
import ModelFiles
import Optimizers
import Provenance
package import ResultStore
import Training

/// Rebuilds the trained weights of a finished trial from its seeds and scalars, in a child process, and checks them.
package struct TrialReplay {
    /// What is wanted.
    package struct Settings: Sendable {
        /// Whether the parameters after the last step are wanted instead of those that were tested.
        package var isFinal = false
        /// Whether evaluations are left out, so that no data is needed.
        package var isWeightsOnly = false
        /// Where the weights are written; nil for nowhere.
        package var output: ReplayOutput?
        /// Threads that loops may use; never changes a bit.
        package var threadCount = 1

        /// The tested parameters, checked and not written.
        package init() {}
    }

    private let trial: RecordedTrial
    private let summary: TrialSummary
    private let store: ResultStore
    private let settings: Settings

    /// A replay of a trial that is done.
    ///
    /// - Throws: ``ReplayError`` when it is not, or when its steps do not say what they did.
    package init(
        _ trial: RecordedTrial, in store: ResultStore, settings: Settings
    ) throws {
        let cell = trial.specification.cell
        guard trial.status == .done, let summary = trial.summary else {
            throw try Self.unfinished(trial, in: store)
        }
        if let reason = Self.obstacle(cell.method) {
            throw ReplayError.notReplayable(trial: trial.title, reason: reason)
        }
        if cell.method.adapterSettings != nil, let output = settings.output, output.isFolder {
            throw ReplayError.adaptersNeedFile(trial: trial.title)
        }
        self.trial = trial
        self.summary = summary
        self.store = store
        self.settings = settings
    }

    /// Why records do not say what a method did to the parameters, or nil.
    private static func obstacle(_ method: Method) -> String? {
        switch method {
        case .zeroShot, .inContext, .zerothOrder: nil
        case .firstOrder:
            "its steps follow gradients, of which no record is kept; a run in a new database trains it again"
        case .linearProbe:
            "it leaves the model as it is and fits a regression beside it; a run in a new database fits it again"
        }
    }

    private static func unfinished(_ trial: RecordedTrial, in store: ResultStore) throws -> ReplayError {
        if let failure = trial.failure {
            return .unfinished(
                trial: trial.title, state: "failed (\(failure.reason.rawValue)): \(failure.message)",
                advice: "only a finished trial can be replayed")
        }
        let done = try store.steps(ofTrial: trial.id).count
        let suites = try store.suites(ofTrial: trial.id)
        let command = suites.first.map { suite in
            "'lezobench run \(suite.name)\(suite.protocolName.isEmpty ? "" : " --protocol \(suite.protocolName)") "
                + "--db \(store.path)' finishes it"
        }
        return .unfinished(
            trial: trial.title,
            state:
                "is \(trial.status.rawValue), with \(done) of \(trial.specification.cell.schedule.steps) steps done",
            advice: command ?? "finish it first")
    }

    /// Finds the trial's inputs, rebuilds its parameters, evaluates them again and writes them.
    ///
    /// - Parameters:
    ///   - dataFolders: What the user named; a sandbox is made for a sandbox trial where nothing was.
    ///   - modelPaths: Likewise.
    ///   - stop: Told to the child.
    /// - Returns: What came out; nothing is written unless ``ReplayOutcome/isConfirmed``.
    /// - Throws: ``ReplayError``, ``RunnerError``, `ResultStoreError`, or what finding the inputs throws.
    package func run(
        dataFolders: [String], modelPaths: [String], environment: ChildEnvironment, stop: StopRequest
    ) throws -> ReplayOutcome {
        try settings.output?.prepare()
        let isOnSandbox =
            try dataFolders.isEmpty && modelPaths.isEmpty
            && store.suites(ofTrial: trial.id).contains { $0.usesSandbox }
        let sandbox = FileManager.default.temporaryDirectory
            .appendingPathComponent("lezobench-replay-\(UUID().uuidString)")
        defer { if isOnSandbox { try? FileManager.default.removeItem(at: sandbox) } }
        let locations = try InputLocations(
            usesSandbox: isOnSandbox, dataFolders: dataFolders, modelPaths: modelPaths,
            sandboxFolder: sandbox.path)
        let inputs = try ReplayInputs(
            trial: trial, artifacts: try store.artifacts(ofTrial: trial.id),
            dataFolders: locations.dataFolders, modelPaths: locations.modelPaths,
            readsData: !settings.isWeightsOnly)
        let model = trial.specification.cell.model
        guard let configuration = inputs.model?.configuration ?? KnownModels.configuration(named: model.name)
        else {
            throw TrainingError.unknownModel(name: model.name, known: KnownModels.names)
        }
        do {
            var outcome = try follow(inputs: inputs, environment: environment, stop: stop)
            if let output = settings.output {
                if outcome.isConfirmed {
                    outcome.files = try output.finish(
                        model: model, configuration: configuration, source: inputs.model)
                } else {
                    output.discard()
                }
            }
            return outcome
        } catch {
            settings.output?.discard()
            throw error
        }
    }

    private func follow(
        inputs: ReplayInputs, environment: ChildEnvironment, stop: StopRequest
    ) throws -> ReplayOutcome {
        let rebuiltStep = settings.isFinal ? summary.steps : summary.bestStep
        let recorded = try store.evaluations(ofTrial: trial.id).filter { $0.step == rebuiltStep }
        var outcome = ReplayOutcome(
            trial: trial.id, identity: trial.identity, label: trial.label, steps: summary.steps,
            rebuiltStep: rebuiltStep, bestStep: summary.bestStep, recordedDigest: summary.weightsDigest,
            storage: storage.rawValue)
        outcome.evaluationsLeftOut = settings.isWeightsOnly ? recorded.count : 0
        if !settings.isWeightsOnly {
            // A child says how it finds BLAS; this process may have loaded other kernels than its children.
            let probe = try RuntimeProbe.ofChild(environment, threadCount: settings.threadCount)
            try note(probe.environment, in: &outcome)
        }
        let process = try TrialProcess(
            job: TrialJob(
                specification: trial.specification,
                purpose: .replay(
                    ReplayRequest(
                        steps: try store.steps(ofTrial: trial.id), rebuiltStep: rebuiltStep,
                        splits: settings.isWeightsOnly ? [] : recorded.map(\.split),
                        weightsPath: settings.output?.uncheckedPath, metadata: metadata(step: rebuiltStep))),
                modelPath: inputs.model?.path, dataPath: inputs.dataPath, threadCount: settings.threadCount),
            environment: environment)
        stop.watch(child: process.processID)
        defer {
            stop.watch(child: nil)
            process.end()
        }
        while let event = try process.nextEvent() {
            switch event {
            case .started: stop.childIsListening()
            case .rebuilt(let weights): outcome.rebuiltDigest = weights.digest
            case .evaluation(let evaluation):
                guard let match = recorded.first(where: { $0.split == evaluation.split }) else { break }
                outcome.evaluations.append(RepeatedEvaluation(evaluation, recorded: match))
            case .finished(let end):
                outcome.finalDigest = end.weightsDigest
                return outcome
            case .failed(let failure):
                if stop.isMade { throw ReplayError.interrupted }
                throw ReplayError.childFailed(reason: failure.message)
            case .interrupted: throw ReplayError.interrupted
            case .ready, .step, .firstOrderStep, .drift, .updateLoss: break
            }
        }
        throw ReplayError.childFailed(reason: "the child process said no last word")
    }

    /// Evaluations have the recorded bits only on the BLAS kernels that they were done with.
    private func note(_ present: Environment, in outcome: inout ReplayOutcome) throws {
        func words(_ environment: Environment) -> String {
            "\(environment.blasVersion), \(environment.blasCoreType)"
        }
        outcome.blas = words(present)
        guard let earlier = try store.environment(ofTrial: trial.id) else { return }
        if words(earlier) != outcome.blas { outcome.recordedBLAS = words(earlier) }
    }

    /// How what was tuned is stored: adapters are float32 whatever the model is.
    private var storage: StorageFormat {
        let cell = trial.specification.cell
        return cell.method.adapterSettings == nil ? cell.model.storage : .float32
    }

    private func metadata(step: Int) -> [String: String] {
        let tuned = trial.specification.cell.method.zerothOrderSettings?.tuned.spelling
        return [
            "origin": "lezobench replay", "trial": trial.identity, "label": trial.label,
            "step": "\(step) of \(summary.steps)", "tuned": tuned ?? "nothing",
        ]
    }
}
