import Foundation

/// The text of a file that people write for this program: a suite or a policy.
enum YAMLFile {
    /// Reads a file of at most `maximumBytes`.
    ///
    /// - Parameter kind: What the file is to be, such as `suite`, for messages.
    /// - Throws: ``SuiteError`` when it cannot be read, is larger, or is no UTF-8.
    static func text(
        path: String, kind: String, maximumBytes: Int
    ) throws(SuiteError) -> String {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SuiteError(
                file: path, line: nil, column: nil, problem: "cannot read this \(kind) file",
                advice: FileManager.default.fileExists(atPath: path)
                    ? "check that it is a file and that you may read it" : "there is no such file")
        }
        guard bytes.count <= maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw SuiteError(
                file: path, line: nil, column: nil,
                problem: "this is not a \(kind): it is no UTF-8 text below \(maximumBytes / 1000) kB",
                advice: nil)
        }
        return text
    }
}
