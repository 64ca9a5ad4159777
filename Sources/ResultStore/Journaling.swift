import Foundation
import GRDB
import Glibc

/// How a database stays whole while it is written.
package enum Journaling: Sendable, Hashable {
    /// New pages go to a log beside the file.
    ///
    /// Others read meanwhile. What they tell one another about the log is in memory that they share, so all must be on one
    /// machine.
    case writeAheadLog
    /// Old pages go to a journal beside the file until a transaction is done.
    ///
    /// Readers and the writer wait for each other, by locks on the file alone, which file systems of several machines have
    /// too.
    case rollbackJournal

    /// What suits the file system that a file lies on: a log, unless another machine may have the file too.
    ///
    /// Source: SQLite, "Write-Ahead Logging", section 1: it does not work over a network file system. Where the kernel says
    /// nothing of the file system, a log is taken.
    init(ofFileAt path: String) {
        var status = stat()
        let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        guard let mounts, stat(path, &status) == 0 else {
            self = .writeAheadLog
            return
        }
        self.init(device: status.st_dev, mounts: mounts)
    }

    /// What suits a device, by the kernel's list of mounts.
    ///
    /// - Parameters:
    ///   - device: The device's number as `stat` gives it.
    ///   - mounts: Lines as in `/proc/self/mountinfo` (proc(5)), such as
    ///     `36 35 0:42 / /home rw,noatime shared:1 - nfs4 server:/home rw`.
    package init(device: UInt, mounts: String) {
        let name = "\(Self.majorNumber(device)):\(Self.minorNumber(device))"
        for mount in mounts.split(separator: "\n") {
            let words = mount.split(separator: " ")
            guard words.count > 6, words[2] == name, let dash = words[6...].firstIndex(of: "-"),
                dash + 1 < words.count
            else { continue }
            self = Self.isShared(fileSystem: words[dash + 1]) ? .rollbackJournal : .writeAheadLog
            return
        }
        self = .writeAheadLog
    }

    /// Whether machines may share a file system of this name; one in user space (FUSE) may be anything.
    private static func isShared(fileSystem name: Substring) -> Bool {
        name == "fuse" || name.hasPrefix("fuse.") || sharedFileSystems.contains(String(name))
    }

    private static let sharedFileSystems: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "lustre", "gpfs", "beegfs", "gfs2", "ocfs2", "afs",
        "panfs",
        "orangefs", "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs",
    ]

    // As glibc's gnu_dev_major and gnu_dev_minor (sys/sysmacros.h), which are macros.
    private static func majorNumber(_ device: UInt) -> UInt { device >> 8 & 0xFFF | device >> 32 & ~0xFFF }
    private static func minorNumber(_ device: UInt) -> UInt { device & 0xFF | device >> 12 & ~0xFF }

    /// Turns it on for a database, whichever it had.
    func turnOn(in database: Database) throws {
        switch self {
        case .writeAheadLog:
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            // A power cut may cost the last batches but never the file; a kill costs nothing committed.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        case .rollbackJournal:
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
            // Here less than FULL might cost the file in a power cut.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
    }
}
