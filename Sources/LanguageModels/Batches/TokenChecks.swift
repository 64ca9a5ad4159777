import ModelFiles

/// Checks of what a caller gives to a model, before anything is computed.
struct TokenChecks {
    let configuration: ModelConfiguration

    /// Every sequence has tokens, all in the vocabulary, and no more of them than there are positions.
    func check(_ sequences: [[Int32]]) throws(LanguageModelError) {
        for (index, sequence) in sequences.enumerated() {
            if sequence.isEmpty { throw .emptySequence(index: index) }
            if sequence.count > configuration.maximumPositions {
                throw .sequenceTooLong(
                    index: index, tokenCount: sequence.count,
                    maximumPositions: configuration.maximumPositions)
            }
            for (position, token) in sequence.enumerated()
            where token < 0 || Int(token) >= configuration.vocabularySize {
                throw .tokenOutOfRange(
                    index: index, position: position, token: token,
                    vocabularySize: configuration.vocabularySize)
            }
        }
    }

    /// Each scored token has at least one token before it.
    func check(_ sequences: [ScoredSequence]) throws(LanguageModelError) {
        try check(sequences.map(\.tokens))
        for (index, sequence) in sequences.enumerated()
        where sequence.scoredCount < 1 || sequence.scoredCount >= sequence.tokens.count {
            throw .invalidScoredCount(
                index: index, scoredCount: sequence.scoredCount, tokenCount: sequence.tokens.count)
        }
    }
}
