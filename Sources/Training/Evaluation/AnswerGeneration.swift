package import LanguageModels
import Tasks
import Tokenization

/// Answers in a model's own words: greedy, at most 50 new tokens, up to a line break or the end of the text.
///
/// Prompts generate together in batches that depend on their lengths alone, so answers depend on neither time nor
/// threads.
package struct AnswerGeneration {
    /// Prompts that generate together, at most.
    private static let promptsInBatch = 16
    /// Token rows, padding included, that a batch of several prompts may have; bounds the memory of activations.
    private static let rowsInBatch = 8192
    /// Tokens that a generation may add, as in the published code.
    package static let maximumNewTokens = 50

    private let tokenizer: Tokenizer
    private let closesGaps: Bool
    private let stopTokens: Set<Int32>

    /// Answers to a task's prompts, in the tokens of the model that it is encoded for.
    package init(_ data: TrialData) {
        tokenizer = data.tokenizer
        closesGaps = data.closesGapsInAnswers
        // The last token of an encoded newline and the end of text, where the published code stops.
        stopTokens = Set(
            [tokenizer.encode("\n").last, tokenizer.definition.endOfTextToken].compactMap { $0 })
    }

    /// What a model says after each prompt, without outer white space, and without gaps where the published decoding
    /// closes them.
    ///
    /// - Parameter willGenerate: Called before each batch; may throw to give up.
    package func answers(
        to prompts: [[Int32]], by model: any CausalLanguageModel, willGenerate: () throws -> Void = {}
    ) throws -> [String] {
        let ascending = prompts.indices.sorted { (prompts[$0].count, $0) < (prompts[$1].count, $1) }
        var answers = [String](repeating: "", count: prompts.count)
        var rest = ascending[...]
        while !rest.isEmpty {
            try willGenerate()
            let batch = rest.prefix(Self.batchSize(lengths: rest.lazy.map { prompts[$0].count }))
            rest = rest.dropFirst(batch.count)
            let continuations = try model.generate(
                prompts: batch.map { prompts[$0] }, maximumNewTokens: Self.maximumNewTokens,
                stopTokens: stopTokens)
            for (index, tokens) in zip(batch, continuations) {
                let text = tokenizer.decode(tokens, skippingSpecialTokens: true)
                answers[index] = (closesGaps ? text.withoutGaps : text).strippedOfWhiteSpace
            }
        }
        return answers
    }

    /// How many of the next prompts go together; lengths are ascending, and a batch is as wide as its last one.
    private static func batchSize(lengths: some Sequence<Int>) -> Int {
        var size = 0
        for length in lengths.prefix(promptsInBatch) {
            if size > 0, (size + 1) * length > rowsInBatch { break }
            size += 1
        }
        return size
    }
}
