import Glibc

/// Why a write to a descriptor ended before all of it was written.
struct WriteFailure: Error, Hashable, CustomStringConvertible {
    /// The system's error number, such as `ENOSPC`.
    let number: Int32

    /// Whether the reader went away: a pipe that nobody reads.
    var isBrokenPipe: Bool { number == EPIPE }

    /// The system's words for it.
    var description: String { String(cString: strerror(number)) }
}

/// Writing all of some bytes, however few the system takes at a time.
enum WholeWrite {
    /// Writes all bytes to a descriptor, waiting as long as it takes none.
    ///
    /// - Throws: ``WriteFailure`` with the system's reason; the bytes before may have been written.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, number) = rest.withUnsafeBytes { buffer in
                (Glibc.write(descriptor, buffer.baseAddress, buffer.count), errno)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0, number == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if count == 0 || number != EINTR {
                throw WriteFailure(number: count == 0 ? EIO : number)
            }
        }
    }
}
