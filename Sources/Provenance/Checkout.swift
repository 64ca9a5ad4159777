import Foundation
import Glibc

/// The git checkout that the program was built in.
///
/// It is the state when asked, not when built: a program that runs on while its sources change sees the change.
package struct Checkout: Sendable, Hashable {
    /// The commit's full hash, or `unknown`.
    package var commit: String
    /// Whether the program's sources differ from that commit; nil when unknown.
    ///
    /// Looked at are `Package.swift` and all under `Sources`, new files included. Other files cannot change what the program does, and results are written beside them.
    package var isDirty: Bool?

    /// A state from its parts.
    package init(commit: String, isDirty: Bool?) {
        self.commit = commit
        self.isDirty = isDirty
    }

    /// Nothing is known.
    package static let unknown = Checkout(commit: "unknown", isDirty: nil)

    /// The checkout that the running executable lies in, else the one of the current folder, else unknown.
    package static func ofProgram() -> Checkout {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            .map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        for folder in [executable, FileManager.default.currentDirectoryPath].compactMap({ $0 }) {
            if let checkout = at(folder) { return checkout }
        }
        return .unknown
    }

    /// The checkout around `folder`, or nil when there is none, it is not this program's, or git does not answer.
    package static func at(_ folder: String) -> Checkout? {
        guard let top = line(ProgramOutput.of("git", ["-C", folder, "rev-parse", "--show-toplevel"])),
            // Somebody else's repository in the current folder says nothing about this program.
            FileManager.default.fileExists(atPath: top + "/Sources/lezobench"),
            let commit = line(ProgramOutput.of("git", ["-C", top, "rev-parse", "--verify", "HEAD"]))
        else { return nil }
        let changes = ProgramOutput.of(
            "git", ["-C", top, "status", "--porcelain", "--", "Package.swift", "Sources"])
        return Checkout(commit: commit, isDirty: changes.map { !$0.isEmpty })
    }

    private static func line(_ output: String?) -> String? {
        guard let first = output?.split(separator: "\n").first, !first.isEmpty else { return nil }
        return String(first)
    }
}
