import Foundation
import Kernels
import ModelFiles
import TestSupport
import Testing

@Suite("SafetensorsWriter")
struct SafetensorsWriterTests {
    /// Tensors in memory whose elements count up from 0.5.
    private final class CountingTensors: WeightSource {
        let shapes: [String: [Int]]

        init(_ shapes: [String: [Int]]) { self.shapes = shapes }

        var tensorNames: [String] { shapes.keys.sorted() }

        func shape(of name: String) -> [Int]? { shapes[name] }

        func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError)
        {
            for index in destination.indices { destination[index] = Float(index) + 0.5 }
        }
    }

    /// Tensors of which one cannot be read.
    private final class BrokenTensors: WeightSource {
        var tensorNames: [String] { ["a"] }

        func shape(of name: String) -> [Int]? { [4] }

        func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError)
        {
            throw ModelFileError(.damaged, file: "source", place: name, "is broken", advice: "mend it")
        }
    }

    @Test("a small file has exactly the bytes of the format's description")
    func bytes() throws {
        let written = try TemporaryFolder.with { folder in
            let tensors = CountingTensors(["b": [2, 1], "a": [1]])
            try SafetensorsWriter.write(
                tensors, to: folder.path("x.safetensors"), metadata: ["note": "\"é\""])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.safetensors"])
            return try folder.contents("x.safetensors")
        }
        var header =
            #"{"__metadata__":{"format":"pt","note":"\"\u00e9\""},"#
            + #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
            + #""b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]}}"#
        while header.utf8.count % 8 != 0 { header += " " }
        // 0.5 and 1.5 in IEEE 754, little-endian.
        let half: [UInt8] = [0, 0, 0, 0x3f]
        let oneAndHalf: [UInt8] = [0, 0, 0xc0, 0x3f]
        let length = [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]
        #expect(written == length + Array(header.utf8) + half + half + oneAndHalf)
    }

    @Test("numbers of 16 bits are written as such, rounded to nearest, under their own type")
    func halves() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("x.safetensors")
            try SafetensorsWriter.write(CountingTensors(["a": [2], "b": [1]]), to: path, half: .bfloat16)
            var written = try folder.contents("x.safetensors")
            #expect(
                String(decoding: written, as: UTF8.self).contains(
                    #""a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}"#))
            // 0.5, 1.5 and 0.5: the upper halves of float32, little-endian.
            #expect(written.suffix(6) == [0, 0x3f, 0xc0, 0x3f, 0, 0x3f])
            try SafetensorsWriter.write(CountingTensors(["a": [2]]), to: path, half: .float16)
            written = try folder.contents("x.safetensors")
            #expect(String(decoding: written, as: UTF8.self).contains(#""dtype":"F16""#))
            #expect(written.suffix(4) == [0, 0x38, 0, 0x3e])
        }
    }

    @Test("the old file stays when the new one cannot be written, and no part of the new one is left")
    func failure() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("x.safetensors")
            try SafetensorsWriter.write(CountingTensors(["a": [3]]), to: path)
            let before = try folder.contents("x.safetensors")
            let error = #expect(throws: ModelFileError.self) {
                try SafetensorsWriter.write(BrokenTensors(), to: path)
            }
            #expect(error?.place == "a")
            #expect(try folder.contents("x.safetensors") == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.safetensors"])
        }
    }

    @Test("a folder that is not there is named with the reason")
    func missingFolder() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("nowhere/x.safetensors")
            let error = #expect(throws: ModelFileError.self) {
                try SafetensorsWriter.write(CountingTensors(["a": [1]]), to: path)
            }
            #expect(error?.file == path)
            #expect(error?.description.contains("No such file or directory") == true)
        }
    }
}
