import Foundation

/// A folder of its own for one test.
package struct TemporaryFolder: Sendable {
    /// The folder's path, without a slash at the end.
    package let path: String

    /// Gives the body an empty folder of a name that no other has, and removes it with everything in it at the end.
    package static func with<Result>(_ body: (TemporaryFolder) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "lezobench-test-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(TemporaryFolder(path: url.path))
    }

    /// The path of a name inside the folder.
    package func path(_ name: String) -> String {
        path + "/" + name
    }

    /// The bytes of a file inside the folder.
    package func contents(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
}
