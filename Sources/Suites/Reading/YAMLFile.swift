import Foundation
import Glibc

/// The text of a file that people write for this program: a suite or a policy.
enum YAMLFile {
    /// Reads a file of at most `maximumBytes`.
    ///
    /// - Parameter kind: What the file is to be, such as `suite`, for messages.
    /// - Throws: ``SuiteError`` when it cannot be read, is larger, or is no UTF-8.
    static func text(
        path: String, kind: String, maximumBytes: Int
    ) throws(SuiteError) -> String {
        // Without waiting: a named pipe would keep the program until someone writes to it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, kind: kind) }
        defer { close(descriptor) }
        var status = stat()
        // A device such as /dev/zero has no end, and says that it has no bytes.
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unreadable(path, kind: kind)
        }
        guard status.st_size <= maximumBytes,
            let bytes = content(of: descriptor, atMost: maximumBytes + 1), bytes.count <= maximumBytes,
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw SuiteError(
                file: path, line: nil, column: nil,
                problem: "this is not a \(kind): it is no UTF-8 text below \(maximumBytes / 1000) kB",
                advice: nil)
        }
        return text
    }

    /// What a file holds, but no more than `most` bytes, whatever size it told; nil when reading fails.
    private static func content(of descriptor: Int32, atMost most: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: most)
        var count = 0
        while count < most {
            let bytesRead = bytes.withUnsafeMutableBytes { room in
                Glibc.read(descriptor, room.baseAddress?.advanced(by: count), room.count - count)
            }
            if bytesRead < 0 && errno == EINTR { continue }
            guard bytesRead >= 0 else { return nil }
            if bytesRead == 0 { break }
            count += bytesRead
        }
        return Array(bytes[..<count])
    }

    private static func unreadable(_ path: String, kind: String) -> SuiteError {
        SuiteError(
            file: path, line: nil, column: nil, problem: "cannot read this \(kind) file",
            advice: FileManager.default.fileExists(atPath: path)
                ? "check that it is a file and that you may read it" : "there is no such file")
    }
}
