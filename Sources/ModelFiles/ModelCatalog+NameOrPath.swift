import Foundation

extension ModelCatalog {
    /// Opens a model by its own path, or by its name, looked for in the paths.
    ///
    /// - Parameters:
    ///   - nameOrPath: A model's name, or the path of a folder, file or archive that holds one model.
    ///   - paths: Where to look for a name, as for ``locate(name:in:)``.
    /// - Throws: ``ModelFileError`` when the path holds several models, with their names; what ``locate(name:in:)`` and
    ///   ``open(_:name:)`` throw.
    package static func open(
        nameOrPath: String, in paths: [String]
    ) throws(ModelFileError) -> ModelSource {
        guard FileManager.default.fileExists(atPath: nameOrPath) else {
            return try locate(name: nameOrPath, in: paths)
        }
        let found = list(in: [nameOrPath])
        if found.count > 1 {
            throw ModelFileError(
                .mismatch, file: nameOrPath,
                "holds several models (\(found.map(\.name).joined(separator: ", ")))",
                advice: "name one, and this path with --models")
        }
        // Without a model there, a search by the path's own name says what was looked for.
        guard let only = found.first else { return try locate(name: nameOrPath, in: [nameOrPath]) }
        if let trouble = only.trouble { throw trouble }
        return try open(only.location, name: only.name)
    }
}
