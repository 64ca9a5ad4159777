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
        case mapping
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
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ModelFileError(
                .unreadable, file: path, "is not a file", advice: "name the model file or folder itself")
        }
        name = path
        owner = .mapping
        let size = Int(status.st_size)
        guard size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw Self.unreadable(path)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
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
        guard let start = bytes.baseAddress else { return }
        switch owner {
        case .mapping: munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        case .allocation: free(UnsafeMutableRawPointer(mutating: start))
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
    package func sha256() -> String {
        var hasher = SHA256Hasher()
        forEachPiece(of: 0..<count) { _, bytes in hasher.update(bytes) }
        return hasher.finalize()
    }

    /// Gives `body` the bytes of a range piece by piece, from front to back.
    ///
    /// A mapped file's pages leave this process's memory behind it, so what is resident does not grow with the range;
    /// who reads them again finds them in the system's cache.
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
        guard owner == .mapping, let base = bytes.baseAddress else { return }
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

extension ModelFileError {
    /// The same trouble, met below in an archive.
    init(_ error: ArchiveError) {
        let kind: Kind
        let path: String
        switch error {
        case .cannotOpen(let file, _), .cannotWrite(let file, _): (kind, path) = (.unreadable, file)
        case .notAnArchive(let file, _): (kind, path) = (.damaged, file)
        case .entryNotFound(let file, _, _), .ambiguousEntry(let file, _, _): (kind, path) = (.notFound, file)
        case .damaged(let file, _, _): (kind, path) = (.damaged, file)
        case .unsafeName(let file, _, _), .duplicateEntry(let file, _, _), .encryptedEntry(let file, _),
            .notAFile(let file, _), .limitExceeded(let file, _, _, _, _):
            (kind, path) = (.unsupported, file)
        case .notFound: (kind, path) = (.notFound, "")
        }
        var text = error.description
        if text.hasPrefix(path + ": ") { text.removeFirst(path.count + 2) }
        if text.hasSuffix(".") { text.removeLast() }
        let cut = text.range(of: "; ", options: .backwards)
        self.init(
            kind, file: path, String(cut.map { text[..<$0.lowerBound] } ?? text[...]),
            advice: cut.map { String(text[$0.upperBound...]) } ?? "check the archive")
    }
}
