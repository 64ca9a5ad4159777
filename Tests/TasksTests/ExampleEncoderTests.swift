import Tasks
import Testing
import Tokenization

@Suite("Example encoder")
struct ExampleEncoderTests {
    /// One token a byte (its own value), and "at" as one token, so that lengths can be counted by hand.
    private static func byteTokenizer() throws -> Tokenizer {
        let tokens = ByteAlphabet.scalars.map { String($0) } + ["at", "<lead>"]
        return try Tokenizer(
            TokenizerDefinition(
                tokens: tokens, merges: [["a", "t"]], preTokenizer: .gpt2, specialTokens: ["<lead>": 257],
                leadingToken: 257, endOfTextToken: nil, sha256: ""))
    }

    private func encode(
        prompt: String, fullTexts: [String], task: any TaskDefinition, leading: Int32?, maximum: Int = 2048
    ) throws -> EncodedExample {
        let encoder = ExampleEncoder(
            tokenizer: try Self.byteTokenizer(), leadingToken: leading, maximumTokens: maximum)
        return encoder.encode(
            Example(id: "train:7", prompt: prompt, fullTexts: fullTexts, goldIndex: 0, goldAnswers: ["x"]),
            task: task)
    }

    private func ids(_ text: String) -> [Int32] { text.utf8.map { Int32($0) } }

    @Test("an option's length is the difference of counts, even where a merge crosses its border")
    func optionLength() throws {
        let encoded = try encode(
            prompt: "  xa ", fullTexts: ["xa b", "xat", " xa bcd "], task: SST2(), leading: 9)
        #expect(encoded.options.map(\.optionTokenCount) == [2, 0, 4])
        #expect(
            encoded.options.map(\.tokens) == [
                [9] + ids("xa b"), [9, Int32(UInt8(ascii: "x")), 256], [9] + ids("xa bcd"),
            ])
        #expect(encoded.promptTokens == [])
        #expect(encoded.id == "train:7")
    }

    @Test("leading newlines go from the final text, trailing ones stay, and spaces go from both ends")
    func stripping() throws {
        let encoded = try encode(
            prompt: "\n\t q\n", fullTexts: ["\n\t q\nYes \n"], task: BoolQ(), leading: nil)
        #expect(encoded.options[0].tokens == ids("q\nYes \n"))
        #expect(encoded.options[0].optionTokenCount == 5)
    }

    @Test("a text that is too long keeps its leading token and its last tokens")
    func truncation() throws {
        let with = try encode(prompt: "abcdef", fullTexts: ["abcdefgh"], task: SST2(), leading: 9, maximum: 4)
        #expect(with.options[0] == EncodedOption(tokens: [9] + ids("fgh"), optionTokenCount: 2))
        let without = try encode(
            prompt: "abcdef", fullTexts: ["abcdefgh"], task: SST2(), leading: nil, maximum: 4)
        #expect(without.options[0].tokens == ids("efgh"))
    }

    @Test(
        "generation: the training text is kept with its newline, the prompt is for evaluation, both leave room"
    )
    func generation() throws {
        let encoded = try encode(
            prompt: " bc ", fullTexts: [" bc  d \n"], task: SQuAD(), leading: 9, maximum: 55)
        #expect(
            encoded.options == [EncodedOption(tokens: [9] + ids("  d \n").suffix(4), optionTokenCount: 6)])
        #expect(encoded.promptTokens == [9] + ids("bc"))
    }

    @Test("an option in the middle of a sentence carries all that stands after the prompt")
    func optionInTheMiddle() throws {
        let encoded = try encode(
            prompt: "x\n-", fullTexts: ["x\n- a sat ", "x\n- bc sat "], task: ReCoRD(), leading: 9)
        // " a s", then "at" as one token; the outer space is gone.
        #expect(encoded.options.map(\.optionTokenCount) == [5, 6])
        #expect(encoded.options[1].tokens == [9] + ids("x\n- bc s") + [256])
        #expect(encoded.goldIndices == [0])
    }

    @Test("without a leading token nothing is put in front, whatever the vocabulary's default")
    func noLeadingToken() throws {
        let encoded = try encode(prompt: "a", fullTexts: ["ab"], task: SST2(), leading: nil)
        #expect(encoded.options[0].tokens == ids("ab"))
    }
}
