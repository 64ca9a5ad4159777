import Glibc
import Suites
import TestSupport
import Testing

@Suite("Files of suites and policies, read from disk", .timeLimit(.minutes(1)))
struct YAMLFileTests {
    private func message(_ path: String) -> String? {
        let error = #expect(throws: SuiteError.self) { try GatePolicy.load(path: path) }
        return error?.description
    }

    private static let noFile =
        "cannot read this policy file; check that it is a file and that you may read it"

    @Test("a named pipe that nobody writes to is refused at once")
    func namedPipe() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("gate.yaml")
            try #require(mkfifo(path, 0o600) == 0)
            #expect(message(path) == "\(path): \(Self.noFile)")
        }
    }

    @Test("a device without an end and a folder are no files", arguments: ["/dev/zero", "/"])
    func devices(path: String) {
        #expect(message(path) == "\(path): \(Self.noFile)")
    }

    @Test("a file of terabytes is refused by its size, without being read")
    func size() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("gate.yaml")
            let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            try #require(ftruncate(descriptor, 1 << 40) == 0)
            #expect(
                message(path) == "\(path): this is not a policy: it is no UTF-8 text below 100 kB")
        }
    }

    @Test("a file of the largest size is read, one byte more is refused")
    func border() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("gate.yaml")
            let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            let text = Array("undecided: fail\n#".utf8)
            let bytes = text + [UInt8](repeating: 0x78, count: 100_000 - text.count)
            try #require(write(descriptor, bytes, bytes.count) == bytes.count)
            #expect(try GatePolicy.load(path: path) == GatePolicy())
            try #require(write(descriptor, bytes, 1) == 1)
            #expect(message(path)?.contains("no UTF-8 text below 100 kB") == true)
        }
    }
}
