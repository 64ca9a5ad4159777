package import Glibc

/// Bytes that could not all be written to a file descriptor.
package struct WriteFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system's error number (`errno`), such as `EPIPE` when the reader has gone.
    package let code: Int32

    /// The system's words for it.
    package var description: String { String(cString: strerror(code)) }
}

/// Output that goes past all buffers, straight to a file descriptor.
package enum DescriptorOutput {
    /// Writes all bytes, however many calls of write(2) that takes; a signal in between does not cut it short.
    ///
    /// - Throws: ``WriteFailure`` with the system's reason; some of the bytes may have been written.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count > 0 {
                written += count
            } else if count == 0 {
                throw WriteFailure(code: EIO)
            } else if errno != EINTR {
                throw WriteFailure(code: errno)
            }
        }
    }
}
