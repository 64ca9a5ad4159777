import Comparison
import Foundation
import ModelFiles
import Suites
import Tasks

extension SearchPaths {
    /// The names that a suite may use in this program, the claims ledger's included.
    func vocabulary() throws -> SuiteVocabulary {
        SuiteVocabulary(
            modelNames: KnownModels.names,
            layerCount: { KnownModels.configuration(named: $0)?.layerCount },
            taskNames: TaskCatalog.names.filter { !TaskCatalog.titledTasks.values.contains($0) },
            generationTasks: Set(TaskCatalog.tasks.filter { $0.kind == .generation }.map(\.name)),
            classificationTasks: Set(
                TaskCatalog.tasks.filter { $0.kind == .classification }.map(\.name)),
            titledTasks: TaskCatalog.titledTasks,
            claimNames: try claims().claims.map(\.id))
    }

    /// The claims ledger beside the suites, empty when there is none.
    func claims() throws -> ClaimsLedger {
        let folders = suiteFolders.map { URL(fileURLWithPath: $0).appendingPathComponent("claims") }
        guard let folder = folders.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            return .empty
        }
        return try ClaimsLedger(folder: folder)
    }
}
