import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite("Safetensors, written by a stranger")
struct HostileSafetensorsTests {
    /// What is said of a header with so many bytes of data behind it.
    private func message(_ header: String, data: Int = 16) throws -> String {
        try message(
            little(UInt64(header.utf8.count)) + Array(header.utf8) + [UInt8](repeating: 0, count: data))
    }

    private func message(_ bytes: [UInt8]) throws -> String {
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-f16/config.json"), to: folder + "/config.json")
            try write(bytes, to: folder + "/model.safetensors")
            return troubleOfReading(folder)?.description ?? "accepted"
        }
    }

    private func tensor(shape: String, offsets: String, type: String = "F32") -> String {
        "{\"a\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
    }

    @Test(
        "offsets and shapes that overflow or lie outside are refused by tensor",
        arguments: [
            ("[4]", "[0,9223372036854775807]", "the file's data at 16"),
            ("[4]", "[9223372036854775807,9223372036854775807]", "the file's data at 16"),
            ("[4]", "[16,0]", "not a start and an end"), ("[4]", "[0]", "not a start and an end"),
            ("[4]", "[0,16,16]", "not a start and an end"),
            ("[4]", "[-16,0]", "is no size"), ("[4]", "[0,1.6e1]", "is no size"),
            ("[4]", "[0,99999999999999999999]", "is no size"),
            ("[4611686018427387904,4]", "[0,16]", "does not fill"),
            ("[4611686018427387904,4611686018427387904]", "[0,0]", "does not fill"),
            ("[9223372036854775807]", "[0,16]", "does not fill"), ("[-4]", "[0,16]", "is no size"),
            ("[[4]]", "[0,16]", "is no size"), ("{}", "[0,16]", "an array was expected"),
        ])
    func places(shape: String, offsets: String, words: String) throws {
        let message = try message(tensor(shape: shape, offsets: offsets))
        #expect(message.contains("model.safetensors") && message.contains(words), "\(message)")
        #expect(message.contains("tensor a") || message.contains("field a."), "\(message)")
    }

    @Test(
        "text that is no proper JSON is refused by its place",
        arguments: [
            (String(repeating: "[", count: 100_000), "more than 64 levels"),
            ("{\"a\":" + String(repeating: "{\"a\":", count: 100_000), "more than 64 levels"),
            ("{\"\\ud800\":1}", "half a surrogate pair"), ("{\"\\udc00\":1}", "half a surrogate pair"),
            ("{\"\\ud800\\u0041\":1}", "half a surrogate pair"), ("{\"a\":1.e5}", "is no number"),
            ("{\"a\":1e999}", "is no number"), ("{\"a\":+1}", "is no number"),
            ("{\"a\":0x10}", "after a value"),
            ("{\"a\":01}", "is no number"), ("{\"a\":NaN}", "a value was expected"),
            ("{}{}", "goes on after its end"),
            ("[]", "an object was expected"), ("{\"a\u{1}\":1}", "control character"), ("", "breaks off"),
        ])
    func json(header: String, words: String) throws {
        let message = try message(header)
        #expect(message.contains("model.safetensors") && message.contains(words), "\(message)")
    }

    @Test("bytes that are not UTF-8 in a name are refused")
    func encoding() throws {
        let header = Array("{\"".utf8) + [0xff, 0xfe] + Array("\":1}".utf8)
        #expect(try message(little(UInt64(header.count)) + header).contains("a string is not UTF-8"))
    }

    @Test("names are shown, not obeyed")
    func names() throws {
        let header = "{\"\\u001b[2J\\n\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,15]}}"
        let message = try message(header)
        #expect(message.contains("tensor \\u{1b}[2J\\u{a}:"), "\(message)")
    }

    @Test("a header that is as long as the format's limit is refused before it is parsed")
    func hugeHeader() throws {
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-f16/config.json"), to: folder + "/config.json")
            let path = folder + "/model.safetensors"
            try write(little(UInt64(200_000_000)), to: path)
            // Only its size is large; the rest of the file takes no room.
            try #require(truncate(path, 1 << 32) == 0)
            let message = troubleOfReading(folder)?.description ?? "accepted"
            #expect(
                message.contains("the header's length is 200000000, more than the 100000000"), "\(message)")
        }
    }

    @Test("a pipe in place of a file is refused, not waited for")
    func pipe() throws {
        try withTemporaryFolder { folder in
            try #require(mkfifo(folder + "/model.safetensors", 0o600) == 0)
            let error = #expect(throws: ModelFileError.self) {
                try FileBytes(mapping: folder + "/model.safetensors")
            }
            #expect(error?.description.contains("is not a file") == true)
        }
    }
}
