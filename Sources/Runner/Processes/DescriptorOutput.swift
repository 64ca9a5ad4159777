package import Glibc

/// Why a write to a descriptor ended before all of it was written.
package struct WriteFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system's error number (`errno`), such as `ENOSPC`.
    package let code: Int32

    /// Whether the reader went away: a pipe that nobody reads.
    package var isBrokenPipe: Bool { code == EPIPE }

    /// The system's words for it.
    package var description: String { String(cString: strerror(code)) }
}

/// Output that goes past all buffers, straight to a file descriptor.
package enum DescriptorOutput {
    /// Writes all bytes, however many calls of write(2) that takes; a signal in between does not cut it short, and a
    /// descriptor that takes nothing for the moment is waited for.
    ///
    /// - Throws: ``WriteFailure`` with the system's reason; some of the bytes may have been written.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, code) = rest.withUnsafeBytes { buffer in
                (Glibc.write(descriptor, buffer.baseAddress, buffer.count), errno)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0, code == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if count == 0 || code != EINTR {
                throw WriteFailure(code: count == 0 ? EIO : code)
            }
        }
    }
}
