import Archives
package import LanguageModels
package import ModelFiles
package import ResultStore
package import Suites
import Tasks
package import Tokenization
package import Training

/// The files that a suite needs, found and hashed, or known to be missing.
package struct SuiteInputs: Sendable {
    /// A model of the suite.
    package struct Model: Sendable {
        /// Where it was found; nil for random weights.
        package let path: String?
        /// Its sizes.
        package let configuration: ModelConfiguration
        /// Its vocabulary, if it has one.
        package let vocabulary: TokenizerDefinition?
        /// Elements of all parameters, and of those in decoder layers.
        package let parameterCounts: ParameterCounts
    }

    /// Models by reference.
    package private(set) var models: [ModelReference: Model] = [:]
    /// Paths of archives by task name.
    package private(set) var data: [String: String] = [:]
    /// Why nothing can be trained on a task, or shown before its examples, by the names of tasks whose archive has no
    /// train split, or an empty one.
    package private(set) var trainSplitLacks: [String: String] = [:]
    /// Everything found, with hashes, for the database.
    package private(set) var artifacts: [StoredArtifact] = []
    /// Everything not found.
    package private(set) var missing: [MissingInput] = []

    /// Looks for what `suite` needs.
    ///
    /// - Parameters:
    ///   - suite: The suite, already filtered.
    ///   - dataFolders: Folders or files with archives.
    ///   - modelPaths: Folders, files or archives with models.
    package init(suite: Suite, dataFolders: [String], modelPaths: [String]) {
        for reference in Self.modelReferences(of: suite) {
            do {
                try find(
                    reference, in: modelPaths, weightsNote: suite.usesSandbox ? Self.sandboxWeightsNote : nil)
            } catch {
                missing.append(
                    MissingInput(subject: "model \(reference.name)", reason: String(describing: error)))
            }
        }
        for (task, fileNames) in suite.archives.sorted(by: { $0.key < $1.key }) {
            do {
                try find(task: task, fileNames: fileNames, in: dataFolders)
            } catch {
                missing.append(MissingInput(subject: "task \(task)", reason: String(describing: error)))
            }
        }
    }

    /// What every report must say of the sandbox's model.
    private static let sandboxWeightsNote =
        "These weights were pretrained on texts of the sandbox's own world, which no published task is of."

    private static func modelReferences(of suite: Suite) -> [ModelReference] {
        var seen: Set<ModelReference> = []
        return (suite.trials.map(\.cell) + suite.timingCells).map(\.model).filter { seen.insert($0).inserted }
    }

    private mutating func find(
        _ reference: ModelReference, in paths: [String], weightsNote: String?
    ) throws {
        guard case .file = reference.weights else {
            guard let configuration = KnownModels.configuration(named: reference.name) else {
                throw TrainingError.unknownModel(name: reference.name, known: KnownModels.names)
            }
            models[reference] = Model(
                path: nil, configuration: configuration, vocabulary: nil,
                parameterCounts: ParameterCounts(configuration: configuration))
            return
        }
        let source = try ModelCatalog.locate(name: reference.name, in: paths)
        models[reference] = Model(
            path: source.path, configuration: source.configuration, vocabulary: source.tokenizer,
            parameterCounts: ParameterCounts(configuration: source.configuration))
        artifacts.append(
            StoredArtifact(
                kind: "weights", subject: reference.name, fileName: source.fileName,
                sha256: try source.digest(),
                byteCount: Int64(source.byteCount), note: weightsNote))
        if let vocabulary = source.tokenizer {
            let isInside = source.fileName.hasSuffix(".gguf")
            artifacts.append(
                StoredArtifact(
                    kind: "vocabulary", subject: reference.name,
                    fileName: isInside ? source.fileName : "vocabulary beside \(source.fileName)",
                    sha256: vocabulary.sha256, byteCount: 0, note: nil))
        }
    }

    private mutating func find(task: String, fileNames: [String], in folders: [String]) throws {
        let path = try ArchiveSearch.find(fileNames: fileNames, in: folders)
        let archive = try Archive.open(path)
        let definition = TaskCatalog.task(named: task)
        let notes = try definition?.notes(on: archive) ?? []
        data[task] = path
        if let definition, try !definition.hasTrainSplit(in: archive) {
            let entries = definition.trainEntries.joined(separator: " or ")
            trainSplitLacks[task] =
                "\(archive.fileName) has no train split (\(entries)) with an example in it, so nothing can be trained on \(definition.title) or "
                + "shown before its examples; name an archive that has it with --data"
        }
        artifacts.append(
            StoredArtifact(
                kind: "archive", subject: task, fileName: archive.fileName, sha256: try archive.sha256(),
                byteCount: Int64(archive.byteCount), note: notes.isEmpty ? nil : notes.joined(separator: " "))
        )
    }

    /// Where a model was found; nil for random weights.
    package func modelPath(of reference: ModelReference) -> String? { models[reference]?.path }

    /// Where a workload's data was found; nil for shapes.
    package func dataPath(of workload: Workload) -> String? {
        guard case .task(let name, _, _, _) = workload else { return nil }
        return data[name]
    }

    /// Why a cell cannot be run with what was found; nil when it can, as far as is known.
    package func unavailability(of cell: Cell) -> String? {
        guard let task = cell.workload.taskName, let reason = trainSplitLacks[task] else { return nil }
        return cell.method.usesTrainSplit ? reason : nil
    }

    /// Decoder layers of a model, 0 when it was not found.
    package func layerCount(of reference: ModelReference) -> Int {
        models[reference]?.configuration.layerCount ?? 0
    }

    /// The hashes that, with a specification, define a trial.
    package func hashes(for cell: Cell) -> [String] {
        var subjects = [cell.model.name]
        if case .task(let name, _, _, _) = cell.workload { subjects.append(name) }
        return artifacts.filter { subjects.contains($0.subject) }.map(\.sha256).sorted()
    }
}
