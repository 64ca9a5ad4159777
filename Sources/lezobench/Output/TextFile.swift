import Archives
import Foundation

/// Reports as files.
enum TextFile {
    /// A file or folder cannot be written.
    struct Unwritable: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String {
            "cannot write \(path): \(reason); see to it that it can be written, or name another path"
        }
    }

    /// Writes a text as UTF-8, replacing what was there; its folder is made where there is none.
    ///
    /// The text is whole or not there at all: where the disk runs full, what lay under the name stays as it was.
    static func write(_ text: String, to path: String) throws {
        try makeFolder(of: path)
        do {
            try WholeFile.write(Array(text.utf8), to: path)
        } catch {
            throw Unwritable(path: path, reason: error.reason)
        }
    }

    /// Makes the folder that a file is to lie in.
    static func makeFolder(of path: String) throws {
        try makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
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
