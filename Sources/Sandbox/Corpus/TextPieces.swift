/// Text cut as GPT-2 cuts it before merges apply: contractions, words, numbers, punctuation, white space.
///
/// For ASCII only, which all texts of the sandbox are: bytes from 128 on count as punctuation.
struct TextPieces: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>

    /// The pieces of a text.
    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next piece, or nil at the end.
    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let piece = rest.prefix(pieceLength())
        rest = rest.dropFirst(piece.count)
        return piece
    }

    private enum Kind {
        case letter, digit, space, other

        init(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .letter
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
            case 9...13, 32: self = .space
            default: self = .other
            }
        }
    }

    private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.utf8) }

    private func pieceLength() -> Int {
        if let contraction = Self.contractions.first(where: rest.starts) { return contraction.count }
        // One leading space belongs to the word, number or punctuation after it.
        let lead = rest.first == UInt8(ascii: " ") ? 1 : 0
        if let first = rest.dropFirst(lead).first, Kind(first) != .space {
            return lead + rest.dropFirst(lead).prefix { Kind($0) == Kind(first) }.count
        }
        let spaces = rest.prefix { Kind($0) == .space }.count
        // The last of several spaces is left for the word that follows.
        return spaces > 1 && spaces < rest.count ? spaces - 1 : spaces
    }
}
