import Archives
import Foundation

/// Everything under some paths that could be a model, in a fixed order, without opening weights.
struct ModelFinder {
    /// Folders below a given one that are still searched.
    static let maximumDepth = 3

    /// What was found: nearer before deeper, then by name, path after path.
    private(set) var locations: [ModelLocation] = []
    /// Paths that do not exist.
    private(set) var missing: [String] = []
    /// Archives that could not be listed.
    private(set) var troubles: [ModelFileError] = []

    /// Searches paths that may be model files, archives, Hugging Face folders, or folders of any of these.
    init(_ paths: [String]) {
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                missing.append(path)
                continue
            }
            if isFolder.boolValue {
                search(folder: path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path)
            } else {
                add(file: path, hasConfiguration: false)
            }
        }
    }

    private mutating func search(folder root: String) {
        var level = [root]
        for _ in 0...Self.maximumDepth {
            var next: [String] = []
            for folder in level {
                let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
                let hasConfiguration = names.contains("config.json")
                if hasConfiguration { locations.append(ModelLocation(path: folder)) }
                for name in names {
                    let path = folder + "/" + name
                    var isFolder: ObjCBool = false
                    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                        continue
                    }
                    if !isFolder.boolValue {
                        add(file: path, hasConfiguration: hasConfiguration)
                    } else if !isLink(path) {
                        next.append(path)
                    }
                }
            }
            level = next
        }
    }

    private func isLink(_ path: String) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        return type == .typeSymbolicLink
    }

    private mutating func add(file path: String, hasConfiguration: Bool) {
        let name = path.lowercased()
        if name.hasSuffix(".gguf") {
            locations.append(ModelLocation(path: path))
        } else if name.hasSuffix(".safetensors") {
            // Beside a configuration it is part of the folder's model.
            if !hasConfiguration { locations.append(ModelLocation(path: path)) }
        } else if Self.archiveSuffixes.contains(where: name.hasSuffix) {
            add(archive: path)
        }
    }

    private static let archiveSuffixes = [
        ".zip", ".whl", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.zst", ".tar.bz2",
    ]

    private mutating func add(archive path: String) {
        do throws(ArchiveError) {
            for entry in try Archive.open(path).entryNames() {
                let name = lastComponent(entry)
                if entry.lowercased().hasSuffix(".gguf") || name == "config.json" {
                    locations.append(ModelLocation(path: path, entry: entry))
                }
            }
        } catch {
            troubles.append(ModelFileError(error))
        }
    }
}
