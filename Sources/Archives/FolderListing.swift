import Foundation

/// The files under a folder, without following links that lead out of it.
enum FolderListing {
    /// A file or folder that the walk met.
    struct Item: Sendable, Hashable {
        /// Path relative to the root, with slashes.
        var relativePath: String
        /// Folders between the root and it; 0 for the root's own children.
        var depth: Int
        var isFolder: Bool
        var byteCount: Int

        var name: String {
            relativePath.split(separator: "/").last.map(String.init) ?? relativePath
        }
    }

    /// Every file and folder under `root` down to `maximumDepth`, nearest first, then by name.
    ///
    /// Linked folders are not entered; a linked file counts when what it stands for lies under `root`.
    ///
    /// - Parameter skipsUnreadable: Whether a folder that may not be listed is passed over, as a search wants it.
    ///   Otherwise it is an error, since a hash or a listing that leaves data out would be false.
    static func walk(
        _ root: String, maximumDepth: Int, skipsUnreadable: Bool = false
    ) throws(ArchiveError) -> [Item] {
        let realRoot = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
        var found: [Item] = []
        var level = [""]
        for depth in 0...maximumDepth {
            var next: [String] = []
            for folder in level {
                for item in try children(
                    of: folder, root: root, realRoot: realRoot, depth: depth, skipsUnreadable: skipsUnreadable
                ) {
                    found.append(item)
                    if item.isFolder { next.append(item.relativePath) }
                }
            }
            if next.isEmpty { break }
            level = next
        }
        return found
    }

    private static func children(
        of folder: String, root: String, realRoot: String, depth: Int, skipsUnreadable: Bool
    ) throws(ArchiveError) -> [Item] {
        let absolute = folder.isEmpty ? root : root + "/" + folder
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: absolute).sorted()
        } catch {
            if skipsUnreadable, !folder.isEmpty { return [] }
            throw .cannotOpen(path: absolute, reason: "the folder cannot be listed")
        }
        return names.compactMap { name in
            let relative = folder.isEmpty ? name : folder + "/" + name
            return item(relative, absolute: absolute + "/" + name, realRoot: realRoot, depth: depth)
        }
    }

    private static func item(_ relative: String, absolute: String, realRoot: String, depth: Int) -> Item? {
        guard var attributes = try? FileManager.default.attributesOfItem(atPath: absolute) else { return nil }
        if attributes[.type] as? FileAttributeType == .typeSymbolicLink {
            let target = URL(fileURLWithPath: absolute).resolvingSymlinksInPath().path
            guard target.hasPrefix(realRoot + "/"),
                let resolved = try? FileManager.default.attributesOfItem(atPath: target),
                resolved[.type] as? FileAttributeType == .typeRegular
            else { return nil }
            attributes = resolved
        }
        let type = attributes[.type] as? FileAttributeType
        guard type == .typeRegular || type == .typeDirectory else { return nil }
        return Item(
            relativePath: relative, depth: depth, isFolder: type == .typeDirectory,
            byteCount: (attributes[.size] as? NSNumber)?.intValue ?? 0)
    }
}
