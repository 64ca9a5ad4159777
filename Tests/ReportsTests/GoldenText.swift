import TestSupport
import Testing

/// Compares a rendered text with the committed one; `UPDATE_GOLDENS=1` rewrites it instead.
func expectGolden(_ text: String, _ name: String) throws {
    if let difference = try GoldenFile.difference(text, name, test: #filePath) {
        Issue.record("\(difference)")
    }
}
