import Foundation
import Testing

/// Compares a rendered text with the committed one; `UPDATE_GOLDENS=1` rewrites it instead.
func expectGolden(_ text: String, _ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
        try Data(text.utf8).write(to: file)
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard text != expected else { return }
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
        zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        ?? min(found.count, wanted.count)
    Issue.record(
        """
        \(name) differs from line \(line + 1):
        found:    \(line < found.count ? found[line] : "(end)")
        expected: \(line < wanted.count ? wanted[line] : "(end)")
        """)
}
