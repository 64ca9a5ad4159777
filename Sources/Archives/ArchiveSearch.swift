import Foundation

/// Finds an archive by the names that it may have.
package enum ArchiveSearch {
    /// Folders below the given ones that are still searched.
    package static let maximumDepth = 4

    /// The first file or folder that has one of the accepted names.
    ///
    /// Folders are searched in the order given; within one, an earlier name wins over a later one, then what
    /// lies nearer to the folder, then the order of names. A path to a file, or to a folder with an accepted
    /// name, is taken as it is. Links out of a folder are not followed.
    ///
    /// - Throws: ``ArchiveError/notFound(accepted:searched:missing:)`` with all that was searched.
    package static func find(
        fileNames: [String], in folders: [String]
    ) throws(ArchiveError) -> String {
        var missing: [String] = []
        for folder in folders {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
                missing.append(folder)
                continue
            }
            if fileNames.contains(lastPathComponent(folder)) { return folder }
            guard isFolder.boolValue else { continue }
            let items = try FolderListing.walk(
                folder, maximumDepth: maximumDepth, skipsUnreadable: true)
            for name in fileNames {
                if let match = items.first(where: { $0.name == name }) {
                    return (folder.hasSuffix("/") ? folder : folder + "/") + match.relativePath
                }
            }
        }
        throw .notFound(accepted: fileNames, searched: folders, missing: missing)
    }
}

/// What stands after the last slash that is not at the end.
func lastPathComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
