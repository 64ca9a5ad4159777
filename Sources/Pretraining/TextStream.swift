import LanguageModels
import Sandbox
import Tokenization

/// The sandbox's texts as sequences of tokens, one after the other.
///
/// Each begins with the token that tasks begin with and ends with the end of text; every token but the first is
/// predicted.
struct TextStream {
    /// What tasks put before an OPT's text, as in the published code.
    private static let leadingToken: Int32 = 0

    /// Where texts come from.
    var corpus: SandboxCorpus
    private let tokenizer: Tokenizer
    private let endToken: Int32
    private let maximumTokens: Int

    /// The texts of a seed's world.
    init(seed: UInt64, mixture: CorpusMixture, tokenizer: Tokenizer, endToken: Int32, maximumTokens: Int) {
        corpus = SandboxCorpus(seed: seed, mixture: mixture)
        self.tokenizer = tokenizer
        self.endToken = endToken
        self.maximumTokens = maximumTokens
    }

    /// The next `count` texts.
    mutating func next(_ count: Int) -> [ScoredSequence] {
        (0..<count).map { _ in
            let tokens = [Self.leadingToken] + tokenizer.encode(corpus.next()) + [endToken]
            let kept = Array(tokens.prefix(maximumTokens))
            return ScoredSequence(tokens: kept, scoredCount: kept.count - 1)
        }
    }
}
