import Foundation

/// Reports as files.
enum TextFile {
    /// A file or folder cannot be written.
    struct Unwritable: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String {
            "cannot write \(path): \(reason); make its folder first, or name another path"
        }
    }

    /// Writes a text as UTF-8, replacing what was there.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw Unwritable(path: path, reason: error.localizedDescription)
        }
    }

    /// Makes a folder and those above it, unless they are there.
    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Unwritable(path: path, reason: error.localizedDescription)
        }
    }
}
