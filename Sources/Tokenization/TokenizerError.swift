/// Why a vocabulary cannot be used.
package enum TokenizerError: Error, Hashable, CustomStringConvertible {
    /// There are no tokens.
    case emptyVocabulary
    /// Two ids have the same token.
    case duplicateToken(token: String, firstID: Int, secondID: Int)
    /// A merge is not a pair.
    case malformedMerge(rank: Int, parts: [String])
    /// A merge uses or makes a token that the vocabulary lacks.
    case unknownTokenInMerge(rank: Int, parts: [String], missing: String)
    /// A special, leading or end-of-text token is outside the vocabulary.
    case idOutOfRange(role: String, id: Int, vocabularySize: Int)
    /// A special token has no text, so it would be found everywhere.
    case emptySpecialToken(id: Int)

    /// One sentence for the user.
    package var description: String {
        switch self {
        case .emptyVocabulary:
            "The vocabulary has no tokens; check that the vocabulary file is complete."
        case .duplicateToken(let token, let firstID, let secondID):
            "The vocabulary has the token \"\(token)\" under two ids, \(firstID) and \(secondID); "
                + "each token must have one id."
        case .malformedMerge(let rank, let parts):
            "Merge number \(rank + 1) is \(parts), but a merge is two non-empty tokens; "
                + "check that the merges file is complete."
        case .unknownTokenInMerge(let rank, let parts, let missing):
            "Merge number \(rank + 1), \(parts), needs the token \"\(missing)\", which the vocabulary lacks; "
                + "check that vocabulary and merges belong together."
        case .idOutOfRange(let role, let id, let vocabularySize):
            "The \(role) has the id \(id), but the vocabulary has ids 0 to \(vocabularySize - 1)."
        case .emptySpecialToken(let id):
            "The special token with the id \(id) is empty text; a special token needs at least one character."
        }
    }
}
