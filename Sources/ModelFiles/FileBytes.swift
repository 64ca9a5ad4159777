package import Archives
import Digests
import Foundation
import Glibc

/// A file's bytes in memory: mapped where they lie in a file of their own, unpacked once where they lie in an
/// archive.
package final class FileBytes {
    /// The path, followed by the entry where the bytes are inside an archive; for errors.
    package let name: String
    /// Only inside ``withBytes(_:)`` and this object's methods, since it ends with its last use, not with its scope.
    private let bytes: UnsafeRawBufferPointer

    private enum Owner {
        /// The open file stays the one that is mapped, whatever its path comes to name.
        case mapping(descriptor: Int32)
        case allocation
    }
    private let owner: Owner

    /// How many bytes there are.
    package var count: Int { bytes.count }

    /// Maps a file into memory, read only.
    package init(mapping path: String) throws(ModelFileError) {
        // Without waiting: a named pipe would keep the program until someone writes to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        do throws(ModelFileError) {
            bytes = try Self.map(descriptor, path: path)
        } catch {
            close(descriptor)
            throw error
        }
        name = path
        owner = .mapping(descriptor: descriptor)
    }

    private static func map(
        _ descriptor: Int32, path: String
    ) throws(ModelFileError) -> UnsafeRawBufferPointer {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ModelFileError(
                .unreadable, file: path, "is not a file", advice: "name the model file or folder itself")
        }
        let size = Int(status.st_size)
        guard size > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw unreadable(path)
        }
        return UnsafeRawBufferPointer(start: start, count: size)
    }

    /// Unpacks an archive's entry.
    ///
    /// - Parameter limits: What the entry may unpack to.
    package init(
        _ archive: Archive, entry: String, limits: ArchiveLimits = .standard
    ) throws(ModelFileError) {
        name = "\(archive.path): \(entry)"
        owner = .allocation
        var memory = GrowingMemory()
        do throws(ArchiveError) {
            let reader = try archive.reader(forEntry: entry, limits: limits)
            while true {
                guard let room = memory.room() else {
                    throw ArchiveError.cannotOpen(
                        path: archive.path,
                        reason: "there is no memory for entry \(entry) beyond \(memory.count) bytes")
                }
                let count = try reader.fill(room)
                memory.count += count
                if count < room.count { break }
            }
        } catch {
            memory.free()
            throw ModelFileError(error)
        }
        bytes = UnsafeRawBufferPointer(start: memory.base, count: memory.count)
    }

    deinit {
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        switch owner {
        case .mapping(let descriptor):
            if let start { munmap(start, bytes.count) }
            close(descriptor)
        case .allocation: free(start)
        }
    }

    /// Gives `body` all bytes, which are there until it returns and no longer.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }

    /// SHA-256 of all bytes, 64 lower-case hexadecimal digits.
    ///
    /// A file of its own is read, not mapped: this runs in the parent of a whole sweep, which a page of a file that
    /// was cut meanwhile would end (SIGBUS).
    /// - Throws: ``ModelFileError`` when the file cannot be read any more, or ends before its former size.
    package func sha256() throws(ModelFileError) -> String {
        var hasher = SHA256Hasher()
        switch owner {
        case .mapping(let descriptor): try addFile(descriptor, to: &hasher)
        case .allocation: withBytes { hasher.update($0) }
        }
        return hasher.finalize()
    }

    private func addFile(
        _ descriptor: Int32, to hasher: inout SHA256Hasher
    ) throws(ModelFileError) {
        defer { withExtendedLifetime(self) {} }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { piece.deallocate() }
        var offset = 0
        while offset < count {
            let bytesRead = pread(descriptor, piece.baseAddress, min(piece.count, count - offset), offset)
            if bytesRead < 0 && errno == EINTR { continue }
            guard bytesRead >= 0 else { throw Self.unreadable(name) }
            guard bytesRead > 0 else {
                throw ModelFileError(
                    .damaged, file: name, place: "byte \(offset)",
                    "ends here, but had \(count) bytes when it was opened",
                    advice: "leave the file as it is while it is in use, and fetch it again")
            }
            hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<bytesRead]))
            offset += bytesRead
        }
    }

    /// Gives `body` the bytes of a range piece by piece, from front to back.
    ///
    /// A mapped file's pages leave this process's memory behind it, so what is resident does not grow with the range;
    /// who reads them again finds them in the system's cache. A mapped file that is cut meanwhile ends this process
    /// (SIGBUS): weights are read by the child of one trial, whose end its parent records.
    /// - Parameters:
    ///   - range: Bytes of the file.
    ///   - multiple: Pieces but the last are a multiple of this many bytes.
    ///   - body: Gets the piece's range in the file and its bytes.
    func forEachPiece(
        of range: Range<Int>, multipleOf multiple: Int = 1,
        _ body: (Range<Int>, UnsafeRawBufferPointer) -> Void
    ) {
        let most = max(1, (16 << 20) / multiple) * multiple
        for start in stride(from: range.lowerBound, to: range.upperBound, by: most) {
            let piece = start..<min(start + most, range.upperBound)
            body(piece, UnsafeRawBufferPointer(rebasing: bytes[piece]))
            release(piece)
        }
    }

    /// Lets go of the whole pages up to the end of a range, and the page in which it begins.
    private func release(_ range: Range<Int>) {
        guard case .mapping = owner, let base = bytes.baseAddress else { return }
        let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = range.lowerBound / pageBytes * pageBytes
        let end = range.upperBound == count ? count : range.upperBound / pageBytes * pageBytes
        guard start < end else { return }
        // Only advice: where it is not taken, more stays resident and nothing else changes.
        _ = madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }

    private static func unreadable(_ path: String) -> ModelFileError {
        ModelFileError(
            .unreadable, file: path, "cannot be read: \(String(cString: strerror(errno)))",
            advice: "check the path and that you may read it")
    }
}

/// Memory that grows with what is written to it: an archive may declare any size for an entry, so nothing is set
/// aside for bytes that have not come.
private struct GrowingMemory {
    private(set) var base: UnsafeMutableRawPointer?
    var count = 0
    private var capacity = 0

    /// Bytes behind the last one to write to; nil when the system has no memory left.
    mutating func room() -> UnsafeMutableRawBufferPointer? {
        let wanted = max(4 << 20, 2 * capacity)
        // The system moves large blocks by remapping their pages.
        guard let grown = realloc(base, wanted) else { return nil }
        base = grown
        capacity = wanted
        return UnsafeMutableRawBufferPointer(start: grown + count, count: wanted - count)
    }

    mutating func free() {
        Glibc.free(base)
        base = nil
    }
}
