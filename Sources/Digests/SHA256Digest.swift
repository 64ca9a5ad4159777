package import Foundation
import Glibc

/// SHA-256 of something that is there as a whole.
package enum SHA256Digest {
    /// The digest of an array's bytes, 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of a data value's bytes, 64 lower-case hexadecimal digits.
    package static func hex(of data: Data) -> String {
        var hasher = SHA256Hasher()
        hasher.update(data)
        return hasher.finalize()
    }

    /// The digest of a text's UTF-8 bytes, 64 lower-case hexadecimal digits.
    package static func hex(of text: String) -> String {
        var hasher = SHA256Hasher()
        hasher.update(text)
        return hasher.finalize()
    }

    /// The digest of raw bytes, 64 lower-case hexadecimal digits.
    package static func hex(of bytes: UnsafeRawBufferPointer) -> String {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of a file's content, read in pieces of 1 MiB.
    ///
    /// - Throws: ``DigestError`` when the file cannot be opened or read to its end.
    package static func hex(ofFile path: String) throws(DigestError) -> String {
        var hasher = SHA256Hasher()
        try add(file: path, to: &hasher)
        return hasher.finalize()
    }

    /// Adds a file's content to a running digest, read in pieces of 1 MiB.
    ///
    /// - Throws: ``DigestError`` when the file cannot be opened or read to its end.
    package static func add(file path: String, to hasher: inout SHA256Hasher) throws(DigestError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DigestError(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw DigestError(path: path, reason: String(cString: strerror(errno)))
            }
            guard count > 0 else { return }
            piece.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}

/// A file whose digest could not be taken.
package struct DigestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    package let path: String
    /// The system's reason.
    package let reason: String

    /// The file, the reason, and what to do.
    package var description: String {
        "\(path): its SHA-256 could not be taken: \(reason); check that it is a file that you may read."
    }
}
