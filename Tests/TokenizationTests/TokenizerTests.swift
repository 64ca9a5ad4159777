import Testing
import Tokenization

@Suite("Tokenizer")
struct TokenizerTests {
    let goldens: TokenGoldens

    init() throws { goldens = try TokenGoldens.load() }

    @Test("a small vocabulary gives the reference's ids on every hard string, under both pre-tokenizers")
    func smallVocabulary() throws {
        let gpt2 = try Tokenizer(goldens.smallDefinition(.gpt2))
        let digits = try Tokenizer(goldens.smallDefinition(.singleDigitsThenGPT2))
        #expect(goldens.hard.count >= 300)
        for string in goldens.hard {
            #expect(gpt2.encode(string.text) == string.smallGPT2, "GPT-2 on \(string.text.debugDescription)")
            #expect(
                digits.encode(string.text) == string.smallDigits, "digits on \(string.text.debugDescription)")
        }
    }

    @Test("decoding random ids repairs invalid UTF-8 as the reference does")
    func decoding() throws {
        let tokenizer = try Tokenizer(goldens.smallDefinition(.gpt2))
        #expect(goldens.decodings.contains { $0.all.unicodeScalars.contains("\u{FFFD}") })
        for decoding in goldens.decodings {
            let all = tokenizer.decode(decoding.ids, skippingSpecialTokens: false)
            let plain = tokenizer.decode(decoding.ids, skippingSpecialTokens: true)
            // Swift compares strings by canonical equivalence; here every scalar counts.
            #expect(Array(all.unicodeScalars) == Array(decoding.all.unicodeScalars), "\(decoding.ids)")
            #expect(Array(plain.unicodeScalars) == Array(decoding.plain.unicodeScalars), "\(decoding.ids)")
        }
    }

    @Test("decoding what was encoded gives the text back, byte by byte")
    func roundTrip() throws {
        let tokenizer = try Tokenizer(goldens.smallDefinition(.singleDigitsThenGPT2))
        for string in goldens.hard {
            let back = tokenizer.decode(tokenizer.encode(string.text), skippingSpecialTokens: false)
            #expect(Array(back.utf8) == Array(string.text.utf8))
        }
    }

    @Test("the leading token comes first, and only where it is asked for")
    func leadingToken() throws {
        var definition = goldens.smallDefinition(.gpt2)
        let with = try Tokenizer(definition)
        #expect(with.encodeWithLeadingToken("it was") == [0] + with.encode("it was"))
        #expect(with.encodeWithLeadingToken("") == [0])
        definition.leadingToken = nil
        let without = try Tokenizer(definition)
        #expect(without.encodeWithLeadingToken("it was") == with.encode("it was"))
    }

    @Test("ids outside the vocabulary have no token and decode to nothing")
    func idsOutside() throws {
        let tokenizer = try Tokenizer(goldens.smallDefinition(.gpt2))
        let size = Int32(tokenizer.vocabularySize)
        #expect(tokenizer.token(forID: 0) == "</s>")
        #expect(tokenizer.token(forID: size) == nil)
        #expect(tokenizer.token(forID: -1) == nil)
        #expect(tokenizer.decode([size, -1], skippingSpecialTokens: false) == "")
    }

    @Test("a byte without a token is left out, and its neighbours may merge")
    func byteWithoutToken() throws {
        let tokenizer = try Tokenizer(
            TokenizerDefinition(
                tokens: ["a", "b", "ab"], merges: [["a", "b"]], preTokenizer: .gpt2, specialTokens: [:],
                leadingToken: nil, endOfTextToken: nil, sha256: ""))
        #expect(tokenizer.encode("azb") == [2])
        #expect(tokenizer.encode("zzz") == [])
    }

    @Test("of two special tokens at one place the longer is taken")
    func longestSpecialToken() throws {
        let tokenizer = try Tokenizer(
            TokenizerDefinition(
                tokens: ["a", "<", "<<", "<<a"], merges: [], preTokenizer: .gpt2,
                specialTokens: ["<<": 2, "<<a": 3], leadingToken: nil, endOfTextToken: nil, sha256: ""))
        #expect(tokenizer.encode("<<<a<<a") == [2, 1, 0, 3])
    }

    @Test("a long run without white space is merged without quadratic work")
    func longRun() throws {
        let tokenizer = try Tokenizer(goldens.smallDefinition(.gpt2))
        let text = String(repeating: "antidisestablish", count: 1 << 15)
        let ids = tokenizer.encode(text)
        #expect(tokenizer.decode(ids, skippingSpecialTokens: false) == text)
        #expect(ids.count < text.utf8.count)
    }
}
