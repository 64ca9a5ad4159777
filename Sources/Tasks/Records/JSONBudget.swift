/// What a document of JSON may hold, counted in its text before a decoder makes anything of it.
///
/// A decoder keeps some tens of bytes for each value and more for each name, whatever they take in the text: 200 MB of empty
/// lists would become gigabytes.
struct JSONBudget {
    /// Names and values in all; an empty list or object counts for two.
    var parts: Int
    /// Lists and objects within one another.
    var levels: Int
    /// Bytes of one text, its escapes as they are written.
    var bytesPerText: Int

    /// Four times the names and values of the largest known document (DROP's train split, about two million), six times its
    /// levels, a hundred times its longest text.
    static let document = JSONBudget(parts: 8_000_000, levels: 64, bytesPerText: 16 << 20)

    /// The first place where a document is over the budget.
    struct Excess {
        /// The byte that is too many, counted from the beginning.
        var offset: Int
        /// What is there.
        var found: String
        /// What may be.
        var expected: String
    }

    /// Where a text exceeds the budget, nil where it does not; whether it is valid is the decoder's to say.
    ///
    /// - Complexity: One pass, no memory; it ends at the excess.
    func excess(in text: UnsafeBufferPointer<UInt8>) -> Excess? {
        var offset = 0
        var partCount = 1
        var depth = 0
        while offset < text.count {
            switch text[offset] {
            case 0x22:  // "
                let start = offset
                offset += 1
                while offset < text.count, text[offset] != 0x22 { offset += text[offset] == 0x5C ? 2 : 1 }
                let length = min(offset, text.count) - start - 1
                guard length <= bytesPerText else {
                    return Excess(
                        offset: start, found: "a text of \(length) bytes", expected: "at most \(bytesPerText)"
                    )
                }
            case 0x5B, 0x7B:  // [ {
                partCount += 1
                depth += 1
                guard depth <= levels else {
                    return Excess(
                        offset: offset, found: "lists and objects within one another, more than \(levels)",
                        expected: "at most \(levels) levels")
                }
            case 0x5D, 0x7D:  // ] }
                depth -= 1
            case 0x2C, 0x3A:  // , :
                partCount += 1
            default: break
            }
            guard partCount <= parts else {
                return Excess(
                    offset: offset, found: "more than \(parts) names and values",
                    expected: "at most \(parts)")
            }
            offset += 1
        }
        return nil
    }
}
