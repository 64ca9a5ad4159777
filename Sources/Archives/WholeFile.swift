import Glibc

/// Files that are written whole or not at all.
package enum WholeFile {
    /// A file cannot be written; what lay under its name is as it was.
    package struct Failure: Error, CustomStringConvertible {
        /// The path as it was given.
        package let path: String
        /// What the system says: a value of `errno`.
        package let errorNumber: Int32

        /// The system's words for it.
        package var reason: String { String(cString: strerror(errorNumber)) }

        package var description: String {
            "cannot write \(path): \(reason); see to it that it can be written, or name another path"
        }
    }

    /// Writes a file in place of one of that name, whose rights it keeps; a reader sees the old content or the new one.
    ///
    /// A link goes on pointing where it did, and what it points to gets the content. What is no file, such as a terminal or
    /// a pipe, cannot be replaced and is written to directly. The bytes are not forced to the disk: after a loss of power the
    /// old content may be back.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - path: The file's path; its folder must exist, and must let a file `NAME.partial-PROCESS` be made for the time of
    ///     writing.
    package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists && status.st_mode & S_IFMT != S_IFREG {
            return try write(bytes, to: path, flags: O_WRONLY | O_CLOEXEC, rights: nil, shownPath: path)
        }
        let target = exists ? try resolved(path) : path
        // The process's own, and made anew: no other writer shares it, and a link that lies in wait there is not followed.
        let partial = target + ".partial-\(getpid())"
        unlink(partial)
        do throws(Failure) {
            try write(
                bytes, to: partial, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                rights: exists ? status.st_mode & 0o7777 : nil, shownPath: path)
            guard rename(partial, target) == 0 else { throw Failure(path: path, errorNumber: errno) }
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Where a path leads once all links in it are followed.
    private static func resolved(_ path: String) throws(Failure) -> String {
        guard let target = realpath(path, nil) else { throw Failure(path: path, errorNumber: errno) }
        defer { free(target) }
        return String(cString: target)
    }

    private static func write(
        _ bytes: [UInt8], to path: String, flags: Int32, rights: mode_t?, shownPath: String
    ) throws(Failure) {
        let descriptor = open(path, flags, 0o666)
        guard descriptor >= 0 else { throw Failure(path: shownPath, errorNumber: errno) }
        var failure = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
        if failure == nil, let rights, fchmod(descriptor, rights) != 0 { failure = errno }
        // A file system of another machine may say only now that it has no room.
        if close(descriptor) != 0 && failure == nil { failure = errno }
        if let failure { throw Failure(path: shownPath, errorNumber: failure) }
    }

    /// Writes all bytes to a descriptor, however many calls that takes.
    ///
    /// - Returns: The system's error number, nil when all bytes are written.
    package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return nil
    }
}
