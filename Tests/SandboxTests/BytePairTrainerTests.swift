import Foundation
import Sandbox
import Testing

@Suite("BytePairTrainer")
struct BytePairTrainerTests {
    /// What Hugging Face's trainer made of the same texts; see `make_byte_pairs.py`.
    private struct Golden: Decodable {
        let texts: [String]
        let vocabularySize: Int
        let tokens: [String]
        let merges: [[String]]

        private enum CodingKeys: String, CodingKey {
            case texts, tokens, merges
            case vocabularySize = "vocabulary_size"
        }
    }

    private let specialTokens = ["<s>", "<pad>", "</s>", "<unk>"]

    @Test("tokens and merges are those of Hugging Face's trainer")
    func golden() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/byte_pairs.json")
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
        let trained = BytePairTrainer(
            texts: golden.texts, vocabularySize: golden.vocabularySize, specialTokens: specialTokens)
        #expect(trained.tokens == golden.tokens)
        #expect(trained.merges == golden.merges)
    }

    @Test("the most frequent pair is merged first; of equals, the one with the smaller ids")
    func smallCases() {
        let frequent = BytePairTrainer(
            texts: ["xyxyxy ab"], vocabularySize: 261, specialTokens: specialTokens)
        #expect(frequent.merges == [["x", "y"]])
        let equal = BytePairTrainer(texts: ["zw", "ab"], vocabularySize: 262, specialTokens: specialTokens)
        #expect(equal.merges == [["a", "b"], ["z", "w"]])
    }

    @Test("training ends when every word is one token")
    func exhausted() {
        let trained = BytePairTrainer(texts: ["abc"], vocabularySize: 400, specialTokens: specialTokens)
        #expect(trained.merges == [["a", "b"], ["ab", "c"]])
        #expect(trained.tokens.count == 262)
    }

    @Test("texts in another order give the same vocabulary")
    func order() {
        let texts = ["the old stone bridge", "the round well", "the bell tower", "a tower of stone"]
        let forward = BytePairTrainer(texts: texts, vocabularySize: 290, specialTokens: specialTokens)
        let backward = BytePairTrainer(
            texts: texts.reversed(), vocabularySize: 290, specialTokens: specialTokens)
        #expect(forward.merges == backward.merges)
    }
}
