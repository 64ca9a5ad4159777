import Foundation
import Glibc
import TestSupport
import Testing

/// A run that a person watches.
@Suite("Progress at a terminal", .serialized)
struct TerminalSlowTests {
    @Test(
        "the line of progress fits a terminal of 80 columns with results in a file, and begins with the time left",
        .enabled(if: Program.hasTerminals, "this system has no pseudo-terminals at /dev/ptmx")
    )
    func width() throws {
        try TinySuite.with { program, suite in
            let shown = try program.errorsAtTerminal(
                of: ["run", suite, "--db", "a.sqlite", "--filter", "method=lezo"], columns: 80)
            let updates = shown.components(separatedBy: "\r\u{1B}[2K").dropFirst()
                .filter { !$0.isEmpty && !$0.contains(where: \.isNewline) }
            #expect(updates.contains { $0.contains("step 6/6") || $0.contains("timing 6 of 6") }, "\(shown)")
            #expect(updates.allSatisfy { $0.count <= 79 }, "\(updates)")
            #expect(updates.contains { $0.count == 79 }, "no line was long enough to be cut: \(updates)")
            #expect(
                updates.allSatisfy { $0.wholeMatch(of: /[0-9].* left · .*/) != nil || !$0.contains(" left") })
            #expect(updates.contains { $0.contains(" left · ") }, "\(updates)")
        }
    }
}

extension Program {
    /// `TIOCSPTLCK` of Linux.
    private static let setTerminalLock: UInt = 0x4004_5431
    /// `TIOCGPTN` of Linux.
    private static let getTerminalNumber: UInt = 0x8004_5430

    /// Whether a pseudo-terminal can be made: not in a bare root whose /dev/pts is not mounted.
    fileprivate static var hasTerminals: Bool {
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    /// Standard error of a call for which it is a terminal, while standard output is a file.
    fileprivate func errorsAtTerminal(of arguments: [String], columns: UInt16) throws -> String {
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        #expect(terminal >= 0)
        defer { close(terminal) }
        // As unlockpt and ptsname do it, which Glibc's module does not have.
        var lock: Int32 = 0
        var number: UInt32 = 0
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        let isReady =
            ioctl(terminal, Self.setTerminalLock, &lock) == 0
            && ioctl(terminal, Self.getTerminalNumber, &number) == 0
            && ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0
        try #require(isReady)
        let name = "/dev/pts/\(number)"
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        try write(Data(), to: "report.txt")
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path("report.txt")))
        process.standardInput = FileHandle.nullDevice
        let end = try FileHandle(forWritingTo: URL(fileURLWithPath: name))
        process.standardError = end
        try process.run()
        try end.close()
        var shown: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 12)
        // Once nobody holds the other end the read fails.
        while true {
            let count = read(terminal, &piece, piece.count)
            if count > 0 { shown += piece.prefix(count) }
            if count == 0 || count < 0 && errno != EINTR { break }
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: shown, as: UTF8.self)
    }
}
