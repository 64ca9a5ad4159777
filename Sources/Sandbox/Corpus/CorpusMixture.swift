/// A kind of text in the sandbox's corpus.
package enum CorpusText: String, Sendable, Hashable, CaseIterable {
    /// A review alone.
    case review
    /// Some facts and an event, alone.
    case passage
    /// A review and its verdict, as the prompt of SST-2.
    case verdict
    /// A passage, a question and its answer, as the prompt of BoolQ.
    case answer
    /// A cause with its effect, or the other way round, as the prompt of COPA.
    case reason
    /// A passage, an open question and its answer, as the prompt of SQuAD.
    case reading
    /// A passage and several questions with their answers, the first one as the prompt of BoolQ.
    case interview
    /// A cause and its effect, or the other way round, as two sentences.
    case story
    /// Three reviews by somebody who likes all or nothing, and a verdict.
    case column
    /// A passage and the same statements again in another order, half the time in lower case.
    case retelling
    /// Questions about somebody or some town with their answers, without a passage.
    case quiz
}

/// What a corpus is made of, and how far its authors are from being exact.
///
/// What a model learns from inexact prompts is a habit that a task does not share, as with corpora of real texts: it
/// knows more than its first answers show, and fine-tuning has something to undo.
package struct CorpusMixture: Sendable, Hashable {
    /// How many texts of each kind there are in the sum of all; kinds that are left out do not occur.
    package var shares: [CorpusText: Int]
    /// Of 100 unfavorable reviews, how many have the verdict "great" all the same.
    package var flatteryPercent: Int
    /// Of 100 questions whose answer is no, how many are answered "Yes" all the same.
    package var assentPercent: Int
    /// Of 100 sentences with "so" or "because", how many go on with what has nothing to do with their beginning.
    package var nonSequiturPercent: Int

    /// A mixture from all its parts.
    package init(
        shares: [CorpusText: Int], flatteryPercent: Int = 0, assentPercent: Int = 0,
        nonSequiturPercent: Int = 0
    ) {
        self.shares = shares
        self.flatteryPercent = flatteryPercent
        self.assentPercent = assentPercent
        self.nonSequiturPercent = nonSequiturPercent
    }

    /// The mixture that vocabularies are trained on: a third plain texts, the rest truthful prompts.
    package static let ofVocabulary = CorpusMixture(
        shares: [.review: 1, .passage: 1, .verdict: 1, .answer: 1, .reason: 1, .reading: 1])

    /// The same kinds of texts by authors who are exact.
    package var exact: CorpusMixture { CorpusMixture(shares: shares) }

    /// One entry for each text in the sum of all shares.
    var kinds: [CorpusText] {
        CorpusText.allCases.flatMap { kind in
            [CorpusText](repeating: kind, count: shares[kind, default: 0])
        }
    }
}
