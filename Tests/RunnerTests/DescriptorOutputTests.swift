import Glibc
import Runner
import Testing

@Suite("Output to a descriptor")
struct DescriptorOutputTests {
    @Test("nothing is lost of what is longer than a pipe's buffer")
    func whole() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "wc -c"], environment: ["PATH": "/bin:/usr/bin"],
            input: String(repeating: "x", count: 300_000))
        #expect(child.nextLine().map { String(decoding: $0, as: UTF8.self) } == "300000")
        _ = child.waitForEnd()
        try DescriptorOutput.write(Array("few".utf8), to: ends[1])
        try DescriptorOutput.write([], to: ends[1])
        _ = close(ends[1])
        var read = [UInt8](repeating: 0, count: 10)
        #expect(Glibc.read(ends[0], &read, read.count) == 3)
        _ = close(ends[0])
    }

    @Test("a descriptor that takes nothing is told with the system's reason")
    func failure() {
        let error = #expect(throws: WriteFailure.self) { try DescriptorOutput.write([1], to: -1) }
        #expect(error?.code == EBADF)
        #expect(error?.description == "Bad file descriptor")
    }
}
