import Foundation

/// The folder of committed archives, made by `make_archives.py`.
let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/"

/// What the script recorded about the files that it packed.
struct ExpectedFiles: Decodable {
    var files: [String: String]
    var sizes: [String: Int]

    static func load() throws -> ExpectedFiles {
        let data = try Data(contentsOf: URL(fileURLWithPath: fixtures + "expected.json"))
        return try JSONDecoder().decode(ExpectedFiles.self, from: data)
    }
}

/// Makes a folder that is gone again after `body`.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/archives-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}

/// Writes a text to a file, with the folders above it.
func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
}
