import Foundation
import Runner
import Testing

@Suite("Child process")
struct ChildProcessTests {
    private func shell(_ script: String, input: String = "") throws -> ChildProcess {
        try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", script],
            environment: ["PATH": "/bin:/usr/bin", "WORD": "set"],
            input: input)
    }

    private func lines(of child: ChildProcess) -> [String] {
        var lines: [String] = []
        while let line = child.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
        return lines
    }

    @Test("gets its input and environment, and its lines come back in order")
    func roundTrip() throws {
        let child = try shell("cat; echo $WORD; echo last", input: "first\nsecond\n")
        #expect(lines(of: child) == ["first", "second", "set", "last"])
        #expect(child.waitForEnd() == .init(exitCode: 0, signal: nil))
    }

    @Test("a line that lacks its newline was cut off and is dropped")
    func cutLine() throws {
        let child = try shell("printf 'whole\\ncut'")
        #expect(lines(of: child) == ["whole"])
        _ = child.waitForEnd()
    }

    @Test("the exit code comes back")
    func exitCode() throws {
        let child = try shell("exit 7")
        #expect(lines(of: child).isEmpty)
        let ending = child.waitForEnd()
        #expect(ending.exitCode == 7)
        #expect("\(ending)" == "exit code 7")
    }

    @Test("the signal that ended it comes back")
    func signal() throws {
        let child = try shell("kill -9 $$")
        #expect(lines(of: child).isEmpty)
        let ending = child.waitForEnd()
        #expect(ending == .init(exitCode: nil, signal: 9))
        #expect("\(ending)" == "signal 9")
    }

    @Test("a program that does not exist is refused with its name")
    func missingProgram() {
        #expect {
            try ChildProcess(executable: "/nowhere/program", arguments: [], environment: [:], input: "")
        } throws: {
            String(describing: $0).contains("/nowhere/program")
        }
    }

    @Test("lines longer than a pipe's buffer arrive whole")
    func longLine() throws {
        let child = try shell("head -c 300000 /dev/zero | tr '\\0' x; echo; echo end")
        let all = lines(of: child)
        #expect(all.map(\.count) == [300_000, 3])
        _ = child.waitForEnd()
    }
}
