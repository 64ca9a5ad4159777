import Foundation
import Provenance
import Testing

private let hasGit = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
}

@Suite("Checkout", .enabled(if: hasGit, "git is not installed"))
struct CheckoutTests {
    /// Runs git in a folder with names of its own and no settings of the user's.
    private func git(_ arguments: String..., in folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.org"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func withRepository(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("lezobench-checkout-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder + "/Sources/lezobench", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "let x = 1\n".write(
            toFile: folder + "/Sources/lezobench/X.swift", atomically: true, encoding: .utf8)
        try git("init", "-q", in: folder)
        try git("add", ".", in: folder)
        try git("commit", "-q", "-m", "first", in: folder)
        try body(folder)
    }

    @Test("a clean checkout has a commit and is not dirty; results beside it do not make it so")
    func clean() throws {
        try withRepository { folder in
            try "rows".write(toFile: folder + "/result.txt", atomically: true, encoding: .utf8)
            let checkout = try #require(Checkout.at(folder + "/Sources"))
            #expect(checkout.commit.count == 40)
            #expect(checkout.isDirty == false)
        }
    }

    @Test("a changed or new source file makes it dirty")
    func dirty() throws {
        try withRepository { folder in
            try "let y = 1\n".write(toFile: folder + "/Sources/New.swift", atomically: true, encoding: .utf8)
            #expect(Checkout.at(folder)?.isDirty == true)
        }
    }

    @Test("another program's repository tells nothing")
    func foreign() throws {
        try withRepository { folder in
            try FileManager.default.removeItem(atPath: folder + "/Sources/lezobench")
            #expect(Checkout.at(folder) == nil)
        }
    }

    @Test("a folder without a repository tells nothing")
    func none() {
        #expect(Checkout.at("/proc") == nil)
    }
}
