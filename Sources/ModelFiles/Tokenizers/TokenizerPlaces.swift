import Tokenization

/// Where the parts of a tokenizer stand in its files, for errors that lead a reader there.
struct TokenizerPlaces {
    /// A file, and a place in it.
    typealias Place = (file: String, place: String?)

    /// The file of the tokens.
    var vocabularyFile: String
    /// Where the token of an id is.
    var token: (_ id: Int) -> Place
    /// Where a merge is, of which the first has rank 0.
    var merge: (_ rank: Int) -> Place
    /// Where a special token is declared.
    var specialToken: (_ id: Int) -> Place

    /// A definition that was read from these files, once it is known that it can be used.
    ///
    /// - Throws: ``ModelFileError`` that names file and place, for all that `Tokenizer` refuses.
    func checked(_ definition: TokenizerDefinition) throws(ModelFileError) -> TokenizerDefinition {
        do throws(TokenizerError) {
            try Tokenizer.check(definition)
            return definition
        } catch {
            throw refusal(error, of: definition)
        }
    }

    private func refusal(_ error: TokenizerError, of definition: TokenizerDefinition) -> ModelFileError {
        let incomplete = "the file is truncated or corrupt: fetch it again and compare its SHA-256"
        let apart = "use vocabulary and merges of the same model, as they are published"
        switch error {
        case .emptyVocabulary:
            return ModelFileError(
                .damaged, file: vocabularyFile, "has no token, where at least one was expected",
                advice: incomplete)
        case .duplicateToken(let text, let first, let second):
            return refusal(
                .damaged, at: token(second),
                "the token \"\(text)\" stands for the same bytes as \"\(definition.tokens[first])\" of id \(first), where "
                    + "each id was expected to have bytes of its own", advice: incomplete)
        case .malformedMerge(let rank, let parts):
            return refusal(
                .damaged, at: merge(rank),
                "two tokens that are not empty were expected, \(parts.map { "\"\($0)\"" }.joined(separator: " and ")) was found",
                advice: incomplete)
        case .unknownTokenInMerge(let rank, let parts, let missing):
            return refusal(
                .mismatch, at: merge(rank),
                "the merge of \(parts.map { "\"\($0)\"" }.joined(separator: " and ")) needs the token \"\(missing)\", which is "
                    + "not in the vocabulary", advice: apart)
        case .idOutOfRange(let role, let id, let size):
            return refusal(
                .mismatch, at: specialToken(id),
                "the \(role) has the id \(id), expected was one of 0 to \(size - 1)",
                advice: apart)
        case .emptySpecialToken(let id):
            return refusal(
                .damaged, at: specialToken(id),
                "the special token of id \(id) is empty, where at least one character was expected",
                advice: incomplete)
        }
    }

    private func refusal(
        _ kind: ModelFileError.Kind, at place: Place, _ problem: String, advice: String
    ) -> ModelFileError {
        ModelFileError(kind, file: place.file, place: place.place, problem, advice: advice)
    }
}
