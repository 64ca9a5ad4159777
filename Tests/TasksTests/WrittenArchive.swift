import Archives
import Foundation

/// A folder of records that a test writes, removed when the test is done with it.
final class WrittenArchive {
    let folder: URL

    /// Writes entries, given by their path in the folder, into a folder of the given name.
    init(named name: String = "records", _ entries: [String: String]) throws {
        let parent = FileManager.default.temporaryDirectory.appending(
            path: "lezobench-tasks-\(UUID().uuidString)")
        folder = parent.appending(path: name)
        for (path, text) in entries { try write(Data(text.utf8), to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

    func write(_ data: Data, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func open() throws -> Archive { try Archive.open(folder.path) }
}
