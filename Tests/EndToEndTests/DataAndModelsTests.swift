import Digests
import Foundation
import TestSupport
import Testing

/// Archives and models of the sandbox listed, read and, one of each damaged, refused.
@Suite("Data and models at hand")
struct DataAndModelsTests {
    private struct DataAnswer: Decodable {
        struct Split: Decodable {
            let split: String
            let examples: Int?
            let officialExamples: Int?
            let trouble: String?
        }
        let task: String
        let path: String?
        let byteCount: Int?
        let sha256: String?
        let splits: [Split]
        let trouble: String?
    }

    private struct ModelAnswer: Decodable {
        struct Configuration: Decodable {
            let family: String
            let layerCount: Int
        }
        let name: String
        let path: String
        let format: String?
        let configuration: Configuration?
        let parameterCount: Int?
        let sha256: String?
        let tensorCount: Int?
        let hasVocabulary: Bool?
        let trouble: String?
    }

    private struct Inspected: Decodable {
        struct Parameters: Decodable {
            let total: Int
            let inDecoderLayers: Int
            let alwaysTuned: Int
        }
        struct Tensor: Decodable {
            let name: String
            let shape: [Int]
            let type: String
        }
        let model: String
        let format: String
        let parameters: Parameters
        let tensors: [Tensor]
    }

    private static let weights = "box/models/sandbox-opt/model.safetensors"

    private func inSandbox(_ body: (Program) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let program = Program(folder: URL(fileURLWithPath: folder.path))
            let made = try program.run(["sandbox", "make", "box"])
            #expect(made.exitCode == 0, "\(made.errors)")
            try body(program)
        }
    }

    private func decode<Answer: Decodable>(_: Answer.Type, _ text: String) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(text.utf8))
    }

    @Test("every record of the sandbox's archives is read, counted and held against the official release")
    func soundData() throws {
        try inSandbox { program in
            let listed = try program.run(["data", "list", "--data", "box", "--json"])
            #expect(listed.exitCode == 0, "\(listed.errors)")
            let list = try decode([DataAnswer].self, listed.output)
            #expect(list.count == 11)
            #expect(list.filter { $0.path != nil }.map(\.task) == ["sst2", "boolq", "copa", "squad"])
            #expect(list.allSatisfy { $0.sha256 == nil && $0.splits.isEmpty && $0.trouble == nil })

            let verified = try program.run(["data", "verify", "--data", "box", "--json"])
            #expect(verified.exitCode == 0, "\(verified.errors)")
            let checks = try decode([DataAnswer].self, verified.output)
            let sentiment = try #require(checks.first { $0.task == "sst2" })
            #expect(
                try sentiment.sha256 == SHA256Digest.hex(ofFile: program.path("box/data/glue/SST-2.zip")))
            #expect(sentiment.splits.map(\.split) == ["train", "validation"])
            #expect(sentiment.splits.map(\.officialExamples) == [67_349, 872])
            // The sandbox's own records: a heading, then a line each.
            let train = try program.run([
                "inspect", "example", "--task", "sst2", "--data", "box", "--id", "train:999999",
            ])
            let count = try #require(sentiment.splits[0].examples)
            #expect(count > 0 && train.errors.contains("the split has \(count)"), "\(train.errors)")

            let text = try program.run(["data", "verify", "--data", "box", "--task", "sst2"])
            #expect(text.exitCode == 0)
            #expect(text.output.contains("train       \(count) examples, officially 67349"), "\(text.output)")
            let official = try program.run(
                ["data", "verify", "--data", "box", "--task", "sst2", "--official"])
            #expect(official.exitCode == 2 && official.output == text.output)
        }
    }

    @Test("one damaged archive is named with its trouble and its code, and does not hide the sound ones")
    func damagedData() throws {
        try inSandbox { program in
            let name = "box/data/superglue/COPA.zip"
            var bytes = try program.bytes(of: name)
            // A record of the train split, which lies behind its name.
            let train = try #require(bytes.range(of: Data("COPA/train.jsonl".utf8)))
            bytes[train.upperBound + 200] ^= 0x40
            try program.write(bytes, to: name)
            let verified = try program.run(["data", "verify", "--data", "box", "--json"])
            #expect(verified.exitCode == 2)
            let checks = try decode([DataAnswer].self, verified.output)
            let damaged = try #require(checks.first { $0.task == "copa" })
            let troubles = damaged.splits.compactMap(\.trouble) + [damaged.trouble].compactMap { $0 }
            #expect(troubles.contains { $0.contains("COPA.zip") }, "\(verified.output)")
            #expect(
                checks.filter { $0.path != nil && $0.task != "copa" }
                    .allSatisfy { $0.trouble == nil && $0.splits.allSatisfy { ($0.examples ?? 0) > 0 } })

            // Cut off in the middle it cannot even be opened.
            try program.write(bytes.prefix(bytes.count / 2), to: name)
            let text = try program.run(["data", "verify", "--data", "box"])
            #expect(text.exitCode == 2)
            #expect(text.output.contains("TROUBLE"), "\(text.output)")
            #expect(text.output.contains("SST-2 (sst2)  box/data/glue/SST-2.zip"), "\(text.output)")
        }
    }

    @Test("an archive that was asked for by its task's name must be there")
    func missingData() throws {
        try inSandbox { program in
            let answer = try program.run(["data", "verify", "--data", "box", "--task", "drop"])
            #expect(answer.exitCode == 2 && answer.output.isEmpty)
            #expect(answer.errors.contains("drop"), "\(answer.errors)")
        }
    }

    @Test("every tensor of the sandbox's model is read, and its parts are listed")
    func soundModel() throws {
        try inSandbox { program in
            let listed = try program.run(["models", "list", "--models", "box", "--json"])
            #expect(listed.exitCode == 0, "\(listed.errors)")
            let list = try decode([ModelAnswer].self, listed.output)
            #expect(list.map(\.name) == ["sandbox-opt"] && list[0].sha256 == nil)
            #expect(list[0].configuration?.family == "opt" && list[0].configuration?.layerCount == 12)

            let verified = try program.run(["models", "verify", "--models", "box", "--json"])
            #expect(verified.exitCode == 0, "\(verified.errors)")
            let check = try #require(try decode([ModelAnswer].self, verified.output).first)
            #expect(try check.sha256 == SHA256Digest.hex(ofFile: program.path(Self.weights)))
            #expect(check.format == "safetensors" && check.hasVocabulary == true)

            let printed = try program.run(["inspect", "model", "sandbox-opt", "--models", "box"])
            #expect(printed.exitCode == 0, "\(printed.errors)")
            let model = try decode(Inspected.self, printed.output)
            #expect(model.model == "sandbox-opt" && model.format == "safetensors")
            #expect(model.tensors.count == check.tensorCount)
            let elements = model.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
            #expect(elements == model.parameters.total && elements == check.parameterCount)
            #expect(model.parameters.inDecoderLayers + model.parameters.alwaysTuned == elements)
            let inLayers = model.tensors.filter { $0.name.contains(".layers.") }
            #expect(
                inLayers.reduce(0) { $0 + $1.shape.reduce(1, *) } == model.parameters.inDecoderLayers)
            // What the file says takes as many bytes as it has.
            let width = ["F32": 4, "F16": 2, "BF16": 2]
            var bytes = 0
            for tensor in model.tensors {
                bytes += try tensor.shape.reduce(1, *) * #require(width[tensor.type])
            }
            let file = try program.bytes(of: Self.weights)
            let header = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
            #expect(file.count == 8 + header + bytes)
            let byPath = try program.run(["inspect", "model", "box/models/sandbox-opt"])
            #expect(
                byPath.output.replacingOccurrences(of: "box/models/sandbox-opt", with: "")
                    == printed.output.replacingOccurrences(of: "box/models/sandbox-opt", with: ""))
        }
    }

    @Test("a model with a number that is none, or that is cut off, is refused by name")
    func damagedModel() throws {
        try inSandbox { program in
            let sound = try program.bytes(of: Self.weights)
            var bytes = sound
            // No number in any of the formats: all exponent bits are set.
            bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0xC0, 0x7F, 0xC0, 0x7F])
            try program.write(bytes, to: Self.weights)
            let verified = try program.run(["models", "verify", "--models", "box", "--json"])
            #expect(verified.exitCode == 2)
            let check = try #require(try decode([ModelAnswer].self, verified.output).first)
            #expect(check.trouble?.contains("numbers are not finite") == true, "\(verified.output)")
            #expect(try program.run(["models", "list", "--models", "box"]).exitCode == 0)

            try program.write(sound.dropLast(100), to: Self.weights)
            let text = try program.run(["models", "verify", "--models", "box"])
            #expect(text.exitCode == 2 && text.output.contains("TROUBLE"), "\(text.output)")
            let printed = try program.run(["inspect", "model", "sandbox-opt", "--models", "box"])
            #expect(
                printed.exitCode == 2 && printed.errors.contains("model.safetensors"), "\(printed.errors)")
        }
    }
}
