/// Cuts UTF-8 text into the pieces within which merges apply.
///
/// A hand-written scanner for GPT-2's pattern, alternatives tried in this order:
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///
/// It works on bytes of valid UTF-8 and on Unicode scalars, never on grapheme clusters.
struct PieceScanner {
    /// Valid UTF-8.
    let bytes: [UInt8]

    /// Calls `body` with each piece of `segment`, in order; pieces are adjacent and cover the segment.
    ///
    /// The segment's ends are ends of text for the pattern: no piece looks beyond them.
    func forEachPiece(
        in segment: Range<Int>, preTokenizer: PreTokenizer, _ body: (Range<Int>) -> Void
    ) {
        switch preTokenizer {
        case .gpt2:
            scanPattern(in: segment, body)
        case .singleDigitsThenGPT2:
            forEachDigitCut(in: segment) { scanPattern(in: $0, body) }
        }
    }

    private func scanPattern(in segment: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = segment.lowerBound
        while start < segment.upperBound {
            let end = pieceEnd(from: start, limit: segment.upperBound)
            body(start..<end)
            start = end
        }
    }

    private func forEachDigitCut(in segment: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = segment.lowerBound
        var position = start
        while position < segment.upperBound {
            let (scalar, width) = scalar(at: position)
            if UnicodeClasses.isIsolatedDigit(scalar) {
                if start < position { body(start..<position) }
                body(position..<position + width)
                start = position + width
            }
            position += width
        }
        if start < segment.upperBound { body(start..<segment.upperBound) }
    }

    private func pieceEnd(from start: Int, limit: Int) -> Int {
        if let end = contractionEnd(from: start, limit: limit) { return end }
        var runStart = start
        if bytes[start] == UInt8(ascii: " "), start + 1 < limit, classAndWidth(at: start + 1).0 != .whiteSpace
        {
            runStart = start + 1
        }
        let (runClass, _) = classAndWidth(at: runStart)
        let (end, lastWidth) = runEnd(of: runClass, from: runStart, limit: limit)
        // `\s+(?!\S)`: white space before other text leaves its last character to the next piece.
        if runClass == .whiteSpace, end < limit, end - lastWidth > start { return end - lastWidth }
        return end
    }

    private func runEnd(of runClass: ScalarClass, from start: Int, limit: Int) -> (end: Int, lastWidth: Int) {
        var position = start
        var lastWidth = 0
        while position < limit {
            let (scalarClass, width) = classAndWidth(at: position)
            guard scalarClass == runClass else { break }
            position += width
            lastWidth = width
        }
        return (position, lastWidth)
    }

    private func contractionEnd(from start: Int, limit: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "'"), start + 1 < limit else { return nil }
        switch bytes[start + 1] {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
            return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"):
            return start + 2 < limit && bytes[start + 2] == UInt8(ascii: "e") ? start + 3 : nil
        case UInt8(ascii: "l"):
            return start + 2 < limit && bytes[start + 2] == UInt8(ascii: "l") ? start + 3 : nil
        default:
            return nil
        }
    }

    private func classAndWidth(at position: Int) -> (ScalarClass, Int) {
        let (scalar, width) = scalar(at: position)
        return (UnicodeClasses.patternClass(of: scalar), width)
    }

    private func scalar(at position: Int) -> (Unicode.Scalar, width: Int) {
        let first = bytes[position]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first) & (0x7F >> UInt32(width))
        for offset in 1..<width { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
        // The text is valid UTF-8, so the value is always a scalar.
        return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
    }
}
