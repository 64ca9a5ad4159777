import ModelFiles
import Testing

@Suite("Safetensors, damaged")
struct SafetensorsDamageTests {
    /// Trouble of the small OPT model with its weights file's bytes changed.
    private func trouble(_ bytes: [UInt8]) throws -> ModelFileError? {
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-f16/config.json"), to: folder + "/config.json")
            try write(bytes, to: folder + "/model.safetensors")
            return troubleOfReading(folder)
        }
    }

    @Test("every shorter file is refused")
    func truncation() throws {
        let bytes = try fixtureBytes("opt-f16/model.safetensors")
        for length in stride(from: 0, to: bytes.count, by: 97) + [7, 8, 9, bytes.count - 1] {
            let error = try trouble(Array(bytes.prefix(length)))
            #expect(error?.kind == .damaged, "\(length): \(String(describing: error))")
            #expect(error?.file.hasSuffix("model.safetensors") == true)
        }
        #expect(try trouble(bytes) == nil)
    }

    @Test("a longer file is refused")
    func trailingBytes() throws {
        let error = try trouble(try fixtureBytes("opt-f16/model.safetensors") + [0, 0])
        #expect(error?.description.contains("2 bytes belong to no tensor") == true)
    }

    @Test("a header that claims to be huge is refused before it is read")
    func hugeHeader() throws {
        var bytes = try fixtureBytes("opt-f16/model.safetensors")
        bytes.replaceSubrange(0..<8, with: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
        #expect(try trouble(bytes)?.description.contains("header's length") == true)
    }

    @Test(
        "a wrong header is refused by what is wrong",
        arguments: [
            ("\"dtype\":\"F16\"", "\"dtype\":\"F61\"", "F61"),
            ("\"dtype\":\"F16\"", "\"dtype\":\"I16\"", "its dtype is I16"),
            ("\"dtype\":\"F16\"", "\"dtype\":\"F32\"", "does not fill"),
            ("\"data_offsets\":[0,", "\"data_offsets\":[2,", "does not fill"),
            ("\"dtype\"", "\"ftype\"", "dtype"),
            ("{", "[", "JSON"),
            ("\"shape\":[8]", "\"shape\":[-]", "JSON"),
            ("\"shape\":[8]", "\"shape\":\"8\"", "an array was expected"),
        ])
    func header(old: String, new: String, word: String) throws {
        let bytes = try fixtureBytes("opt-f16/model.safetensors")
        let changed = replacing(old, with: new, in: bytes)
        #expect(changed != bytes && changed.count == bytes.count)
        let error = try trouble(changed)
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }

    @Test("tensors whose bytes overlap, or leave a gap, are refused")
    func coverage() throws {
        for (second, word) in [("[2,6]", "overlap"), ("[6,10]", "gap")] {
            let end = second == "[2,6]" ? 6 : 10
            let header =
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":\(second)}}"
            let bytes = [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
            let error = try trouble(bytes + [UInt8](repeating: 0, count: end))
            #expect(error?.description.contains(word) == true, "\(String(describing: error))")
        }
    }

    @Test("a name that stands twice in the header is refused")
    func doubledNames() throws {
        let entry = "\"a\":{\"dtype\":\"F16\",\"shape\":[0],\"data_offsets\":[0,0]}"
        let header = "{\(entry),\(entry)}"
        let bytes = [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
        #expect(try trouble(bytes)?.description.contains("\"a\" stands twice") == true)
    }
}
