import Archives
package import ModelFiles
package import ResultStore
import Tasks
import Tokenization
import Training

/// The files that a trial read, found again and known to be the same by their SHA-256.
package struct ReplayInputs {
    /// The model; nil for random weights.
    package let model: ModelSource?
    /// The archive with the task's data; nil when none is read.
    package let dataPath: String?

    /// Looks for what a trial read.
    ///
    /// - Parameters:
    ///   - trial: The trial.
    ///   - artifacts: What the database says that it read.
    ///   - dataFolders: Folders or files with archives.
    ///   - modelPaths: Folders, files or archives with models.
    ///   - readsData: Whether examples are needed at all.
    /// - Throws: ``ReplayError/otherInput(what:path:found:recorded:option:)``, `ModelFileError` or `ArchiveError`.
    package init(
        trial: RecordedTrial, artifacts: [StoredArtifact], dataFolders: [String], modelPaths: [String],
        readsData: Bool
    ) throws {
        let cell = trial.specification.cell
        func recorded(_ kind: String, _ subject: String) -> [StoredArtifact] {
            artifacts.filter { $0.kind == kind && $0.subject == subject }
        }
        switch cell.model.weights {
        case .random: model = nil
        case .file:
            let source = try ModelCatalog.locate(name: cell.model.name, in: modelPaths)
            try Self.check(
                "its weights", source.path, source.digest(), recorded("weights", cell.model.name),
                option: "--models")
            if readsData, let vocabulary = source.tokenizer {
                try Self.check(
                    "its vocabulary", source.path, vocabulary.sha256, recorded("vocabulary", cell.model.name),
                    option: "--models")
            }
            model = source
        }
        guard readsData, let task = cell.workload.taskName else {
            dataPath = nil
            return
        }
        let archives = recorded("archive", task)
        let accepted = TaskCatalog.task(named: task)?.acceptedArchives.map(\.fileName) ?? []
        let path = try ArchiveSearch.find(fileNames: archives.map(\.fileName) + accepted, in: dataFolders)
        try Self.check("the archive", path, Archive.open(path).sha256(), archives, option: "--data")
        dataPath = path
    }

    /// Nothing is said against a file of which nothing was recorded: weights are known by the digest that they lead to.
    private static func check(
        _ what: String, _ path: String, _ found: String, _ recorded: [StoredArtifact], option: String
    ) throws(ReplayError) {
        guard let first = recorded.first, !recorded.contains(where: { $0.sha256 == found }) else { return }
        throw .otherInput(what: what, path: path, found: found, recorded: first.sha256, option: option)
    }
}
