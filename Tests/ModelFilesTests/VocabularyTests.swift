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

    @Test("an error names the file, the place in it, what is there, what should be, and what to do")
    func places() throws {
        let vocabulary = try fixtureBytes("tokenizer/vocab.json")
        let merges = try fixtureBytes("tokenizer/merges.txt")
        func expect(
            _ parts: [String], _ advice: String, _ body: () throws -> TokenizerDefinition,
            at location: SourceLocation = #_sourceLocation
        ) {
            let error = #expect(throws: ModelFileError.self, sourceLocation: location) { try body() }
            let text = error?.description ?? ""
            for part in parts + [advice] {
                #expect(text.contains(part), "\(text)", sourceLocation: location)
            }
        }
        let again = "fetch it again"
        expect(["/vocab.json: id 9: ", "bytes of its own"], again) {
            try read(vocabulary: replacing("\"<unk>\"", with: "\" \"", in: vocabulary))
        }
        expect(["/merges.txt: line 3: ", "were expected, \"low\" was found"], again) {
            try read(merges: replacing("lo w", with: "low", in: merges))
        }
        expect(["/merges.txt: line 3: ", "not empty were expected, \"lo\" and \"\" was found"], again) {
            try read(merges: replacing("lo w", with: "lo ", in: merges))
        }
        expect(
            ["/merges.txt: line 4: ", "needs the token \"re\", which is not in the vocabulary"], "same model"
        ) {
            try read(merges: replacing("e r", with: "r e", in: merges))
        }
        // Empty lines are no merges, but lines.
        expect(["/merges.txt: line 7: ", "needs the token \"x\""], "same model") {
            try read(merges: merges + Array("\nx l\n".utf8))
        }
        expect(["/merges.txt: line 3: ", "not UTF-8"], again) {
            try read(merges: Array(merges.prefix { $0 != 0x77 }) + [0xFF, 0x0A])
        }
        expect(["/tokenizer_config.json: field added_tokens_decoder.14: ", "is empty"], again) {
            try read(
                vocabulary: replacing("\"</s>\": 2", with: "\"</s>\": 2, \"\": 14", in: vocabulary),
                settings: "{\"added_tokens_decoder\": {\"14\": {\"content\": \"\"}}}")
        }
    }

    @Test(
        "a tokenizer.json whose parts do not fit is refused by the place",
        arguments: [
            (
                #"["e","r"]"#, #"["e",""]"#,
                #"field model.merges[2]: two tokens that are not empty were expected, "e" and "" was found"#
            ),
            (
                #"["e","r"]"#, #"["r","e"]"#,
                #"field model.merges[2]: the merge of "r" and "e" needs the token "re", which is not in"#
            ),
            (
                #"["e","r"]"#, #"["e"]"#,
                "field model.merges[2]: two tokens were expected, an array of 1 was found"
            ),
            (
                #""added_tokens":[{"#, #""added_tokens":[{"content":"","id":12},{"#,
                "field added_tokens, id 12: the special token of id 12 is empty"
            ),
            (
                #""content":"<|end|>""#, #""content":7"#,
                #"field added_tokens[0]: an object with a text "content" and an integer "id" was expected, an object"#
            ),
            (#""lo":8"#, #"" ":8"#, #"id 8: the token " " stands for the same bytes as"#),
        ])
    func tokenizerFilePlaces(old: String, new: String, words: String) throws {
        let document = try JSONSerialization.jsonObject(with: Data(fixtureBytes("tokenizer/tokenizer.json")))
        let compact = try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys])
        let changed = replacing(old, with: new, in: Array(compact))
        try #require(changed != Array(compact))
        try withTemporaryFolder { folder in
            for file in ["config.json", "model.safetensors"] {
                try write(try fixtureBytes("llama-tied/" + file), to: folder + "/" + file)
            }
            try write(changed, to: folder + "/tokenizer.json")
            let error = #expect(throws: ModelFileError.self) { try openModel(folder) }
            let message = error?.description ?? ""
            #expect(message.contains(folder + "/tokenizer.json: ") && message.contains(words), "\(message)")
        }
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
