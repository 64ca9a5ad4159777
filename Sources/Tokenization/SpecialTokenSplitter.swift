/// Finds special tokens in text, so that they are never merged with their surroundings.
struct SpecialTokenSplitter: Sendable {
    /// A stretch of text: ordinary bytes, or one special token.
    enum Segment {
        case text(Range<Int>)
        case special(Int32)
    }

    // Longest first, because of two special tokens at one place the longer one is meant.
    private let specials: [(bytes: [UInt8], id: Int32)]
    private let firstBytes: Set<UInt8>

    init(_ specialTokens: [String: Int32]) {
        specials = specialTokens.map { (Array($0.key.utf8), $0.value) }
            .sorted { ($1.bytes.count, $0.id) < ($0.bytes.count, $1.id) }
        firstBytes = Set(specials.compactMap(\.bytes.first))
    }

    /// The text's segments in order; empty stretches between special tokens are left out.
    func segments(of bytes: [UInt8]) -> [Segment] {
        var result: [Segment] = []
        var start = 0
        var position = 0
        while position < bytes.count {
            guard firstBytes.contains(bytes[position]), let special = special(in: bytes, at: position) else {
                position += 1
                continue
            }
            if start < position { result.append(.text(start..<position)) }
            result.append(.special(special.id))
            position += special.bytes.count
            start = position
        }
        if start < bytes.count { result.append(.text(start..<bytes.count)) }
        return result
    }

    private func special(in bytes: [UInt8], at position: Int) -> (bytes: [UInt8], id: Int32)? {
        specials.first { bytes[position...].starts(with: $0.bytes) }
    }
}
