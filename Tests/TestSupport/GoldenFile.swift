import Foundation

/// A committed text that a result must equal.
package enum GoldenFile {
    /// Where a text differs from the committed file `Fixtures/NAME` beside `test`, nil when it does not.
    ///
    /// `UPDATE_GOLDENS=1` in the environment rewrites the file instead.
    package static func difference(_ text: String, _ name: String, test: String) throws -> String? {
        let file = URL(filePath: test).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        guard text != expected else { return nil }
        let found = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let line =
            zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(found.count, wanted.count)
        return """
            \(name) differs from line \(line + 1):
            found:    \(line < found.count ? found[line] : "(end)")
            expected: \(line < wanted.count ? wanted[line] : "(end)")
            """
    }
}
