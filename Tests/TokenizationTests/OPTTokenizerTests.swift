import Foundation
import Testing
import Tokenization

@Suite("OPT's tokenizer")
struct OPTTokenizerTests {
    @Test(
        "every hard string has the reference's ids",
        .enabled(if: SharedData.has("tokenizers/opt/vocab.json"), "\(SharedData.absence)"))
    func hardStrings() throws {
        let tokenizer = try Tokenizer(OPTVocabulary.definition())
        for string in try TokenGoldens.load().hard {
            #expect(tokenizer.encode(string.text) == string.opt, "\(string.text.debugDescription)")
        }
        #expect(tokenizer.encodeWithLeadingToken("A photo of a cat") == [2, 250, 1345, 9, 10, 4758])
    }
}
