import Foundation
import Glibc

/// The right to be the only process that writes to a database, held from opening to closing.
///
/// SQLite's own locks last for one transaction; two runs that take turns would do the same trials twice. This one
/// is a `flock` on the database file: independent of SQLite's locks, of no trace on disk, and freed by the kernel
/// when the process ends, however it ends.
final class WriterLock {
    private let descriptor: Int32

    /// Takes the lock on `path`, making an empty file when there is none.
    ///
    /// - Throws: ``ResultStoreError`` naming the process that holds the lock, or why the file cannot be opened.
    init(path: String) throws(ResultStoreError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.openingError(path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        let reason = errno
        // A file system without such locks leaves only SQLite's own, which still keep the file whole.
        guard reason == EWOULDBLOCK else { return }
        let holder = Self.holder(of: descriptor)
        close(descriptor)
        throw ResultStoreError(
            kind: .locked, path: path, problem: "\(holder) is writing to this database",
            advice: "wait for it or stop it, or give another file with --db")
    }

    deinit { close(descriptor) }

    private static func openingError(_ path: String, _ reason: Int32) -> ResultStoreError {
        switch reason {
        case ENOENT:
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            return ResultStoreError(
                kind: .missing, path: path, problem: "there is no folder '\(folder)' for the database",
                advice: "make it first")
        case EISDIR:
            return .notAResultStore(path, "this is a folder", mode: .readWrite)
        case EACCES, EROFS, EPERM:
            return .readOnly(path)
        case ENOSPC, EDQUOT:
            return ResultStoreError(
                kind: .diskFull, path: path, problem: "the disk is full",
                advice: "free some space and run again")
        default:
            return ResultStoreError(
                kind: .other, path: path,
                problem: "the database cannot be opened (\(String(cString: strerror(reason))))",
                advice: "check the file and its folder")
        }
    }

    /// The process with the lock as the kernel lists it, for a message only.
    private static func holder(of descriptor: Int32) -> String {
        var status = stat()
        guard fstat(descriptor, &status) == 0,
            let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8),
            let process = process(inode: UInt64(status.st_ino), locks: locks)
        else { return "another process" }
        guard let command = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8),
            !command.isEmpty
        else { return "process \(process)" }
        let words = command.split(separator: "\0").map(String.init)
        let name = words.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
        return "process \(process) (\(([name] + words.dropFirst()).joined(separator: " ")))"
    }

    /// The process that holds a `flock` on an inode, in the text of `/proc/locks`.
    private static func process(inode: UInt64, locks: String) -> Int? {
        for line in locks.split(separator: "\n") {
            // Such as "3: FLOCK  ADVISORY  WRITE 4711 08:01:123456 0 EOF".
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] == "FLOCK", words[5].hasSuffix(":\(inode)") else { continue }
            return Int(words[4])
        }
        return nil
    }
}
