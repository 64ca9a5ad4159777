import Foundation
import ModelFiles
import Testing
import Tokenization

@Suite("Vocabulary files")
struct VocabularyTests {
    private func read(
        vocabulary: [UInt8]? = nil, merges: [UInt8]? = nil, settings: String? = nil, rows: Int = 20
    ) throws -> TokenizerDefinition {
        try withTemporaryFolder { folder in
            try write(vocabulary ?? fixtureBytes("tokenizer/vocab.json"), to: folder + "/vocab.json")
            try write(merges ?? fixtureBytes("tokenizer/merges.txt"), to: folder + "/merges.txt")
            if let settings { try write(Array(settings.utf8), to: folder + "/tokenizer_config.json") }
            return try VocabularyFiles.read(
                vocabulary: FileBytes(mapping: folder + "/vocab.json"),
                merges: FileBytes(mapping: folder + "/merges.txt"),
                settings: settings == nil ? nil : FileBytes(mapping: folder + "/tokenizer_config.json"),
                vocabularySize: rows)
        }
    }

    @Test("tokens by id, merges by rank, OPT's special tokens")
    func reading() throws {
        let tokenizer = try read()
        #expect(
            tokenizer.tokens == [
                "<s>", "<pad>", "</s>", "<unk>", "l", "o", "w", "e", "r", "Ġ", "lo", "low", "er", "Ġlow",
            ])
        #expect(tokenizer.merges == [["l", "o"], ["lo", "w"], ["e", "r"], ["Ġ", "low"]])
        #expect(tokenizer.preTokenizer == .gpt2)
        #expect(tokenizer.specialTokens == ["</s>": 2, "<pad>": 1])
        #expect(tokenizer.leadingToken == 2)
        #expect(tokenizer.endOfTextToken == 2)
    }

    @Test("tokenizer_config.json adds special tokens and can do without the leading one")
    func settings() throws {
        let tokenizer = try read(
            settings:
                "{\"add_bos_token\": false, \"added_tokens_decoder\": {\"3\": {\"content\": \"<unk>\"}}}")
        #expect(tokenizer.specialTokens == ["</s>": 2, "<pad>": 1, "<unk>": 3])
        #expect(tokenizer.leadingToken == nil)
        #expect(tokenizer.sha256 != (try read().sha256))
        let error = #expect(throws: ModelFileError.self) {
            try read(settings: "{\"added_tokens_decoder\": {\"3\": {\"content\": \"<mask>\"}}}")
        }
        #expect(error?.description.contains("<mask>") == true)
    }

    @Test(
        "a wrong vocabulary is refused by what is wrong",
        arguments: [
            ("\"lo\": 10", "\"lo\": 11", "id 11 belongs to both \"lo\" and \"low\""),
            ("\"lo\": 10", "\"lo\": 19", "some are missing"),
            ("\"lo\": 10", "\"lo\": 25", "embedding has 20 rows"),
            ("\"lo\": 10", "\"lo\": \"10\"", "an id was expected"),
            ("\"lo\": 10", "\"l\": 10", "\"l\" stands twice"),
            ("\"</s>\"", "\"<//s>\"", "has no token </s>"),
            ("\"<unk>\"", "\" \"", "stands for the same bytes as \" \" of id 3"),
        ])
    func vocabulary(old: String, new: String, word: String) throws {
        let bytes = replacing(old, with: new, in: try fixtureBytes("tokenizer/vocab.json"))
        let error = #expect(throws: ModelFileError.self) { try read(vocabulary: bytes) }
        let text = (error?.description ?? "").replacingOccurrences(of: ": belongs", with: " belongs")
        #expect(text.contains(word), "\(text)")
    }

    @Test("a merge that is no pair, or makes no token, is refused by its line")
    func merges() throws {
        for (old, new) in [("lo w", "low"), ("lo w", "w lo"), ("lo w", "lo w w")] {
            let bytes = replacing(old, with: new, in: try fixtureBytes("tokenizer/merges.txt"))
            let error = #expect(throws: ModelFileError.self) { try read(merges: bytes) }
            #expect(error?.description.contains("line 3") == true)
        }
    }

    @Test("a Llama folder's tokenizer.json gives the same vocabulary with its own conventions")
    func tokenizerFile() throws {
        try withTemporaryFolder { folder in
            for file in ["config.json", "model.safetensors"] {
                try write(try fixtureBytes("llama-tied/" + file), to: folder + "/" + file)
            }
            try write(try fixtureBytes("tokenizer/tokenizer.json"), to: folder + "/tokenizer.json")
            try write(Array("{\"eos_token\": \"<|end|>\"}".utf8), to: folder + "/tokenizer_config.json")
            let tokenizer = try #require(try openModel(folder).tokenizer)
            #expect(tokenizer.tokens.prefix(3) == ["<|end|>", "<|start|>", "l"])
            #expect(tokenizer.merges == (try read().merges))
            #expect(tokenizer.preTokenizer == .singleDigitsThenGPT2)
            #expect(tokenizer.specialTokens == ["<|end|>": 0, "<|start|>": 1])
            #expect(tokenizer.leadingToken == nil)
            #expect(tokenizer.endOfTextToken == 0)
        }
    }

    static let published =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/shared/data/tokenizers/opt/"

    @Test(
        "OPT's published vocabulary reads whole",
        .enabled(
            if: FileManager.default.fileExists(atPath: published + "vocab.json"),
            "shared/data/tokenizers/opt is not beside the package"))
    func publishedVocabulary() throws {
        let tokenizer = try VocabularyFiles.read(
            vocabulary: FileBytes(mapping: Self.published + "vocab.json"),
            merges: FileBytes(mapping: Self.published + "merges.txt"), settings: nil, vocabularySize: 50_272)
        #expect(tokenizer.tokens.count == 50_265)
        #expect(tokenizer.merges.count == 50_000)
        #expect(tokenizer.tokens[4] == ".")
        #expect(tokenizer.tokens[250] == "A")
        #expect(tokenizer.tokens[50_264] == "<mask>")
    }
}
