/// The merges of a byte-level BPE vocabulary on token ids.
struct MergeTable: Sendable {
    /// A pair's place in the order of merges, and the token that it becomes.
    struct Merge: Sendable {
        let rank: Int32
        let result: Int32
    }

    private var merges: [UInt64: Merge]

    /// Translates merges of text into merges of ids.
    ///
    /// - Throws: ``TokenizerError`` for a merge that is not a pair or whose tokens are not in the vocabulary.
    init(pairs: [[String]], idsByBytes: [[UInt8]: Int32]) throws(TokenizerError) {
        merges = Dictionary(minimumCapacity: pairs.count)
        for (rank, parts) in pairs.enumerated() {
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw .malformedMerge(rank: rank, parts: parts)
            }
            let left = ByteAlphabet.bytes(of: parts[0])
            let right = ByteAlphabet.bytes(of: parts[1])
            var ids: [Int32] = []
            for (token, text) in [(left, parts[0]), (right, parts[1]), (left + right, parts[0] + parts[1])] {
                guard let id = idsByBytes[token] else {
                    throw .unknownTokenInMerge(rank: rank, parts: parts, missing: text)
                }
                ids.append(id)
            }
            merges[Self.key(ids[0], ids[1])] = Merge(rank: Int32(rank), result: ids[2])
        }
    }

    /// Applies all merges to a piece's tokens: always the pair of lowest rank, the leftmost of equals.
    ///
    /// - Complexity: n log n in the piece's length, however long it is.
    func merged(_ tokens: [Int32]) -> [Int32] {
        guard tokens.count > 1 else { return tokens }
        var chain = TokenChain(tokens)
        var queue = CandidateQueue()
        for position in 0..<tokens.count - 1 { enqueue(position, of: chain, in: &queue) }
        while let candidate = queue.popFirst() {
            // A candidate is stale when one of its two tokens has merged with another neighbour since.
            guard let pair = chain.pair(at: candidate.position), pair == candidate.pair,
                let merge = merges[pair]
            else { continue }
            chain.join(at: candidate.position, into: merge.result)
            enqueue(candidate.position, of: chain, in: &queue)
            if let previous = chain.position(before: candidate.position) {
                enqueue(previous, of: chain, in: &queue)
            }
        }
        return chain.remaining
    }

    private func enqueue(_ position: Int, of chain: TokenChain, in queue: inout CandidateQueue) {
        guard let pair = chain.pair(at: position), let merge = merges[pair] else { return }
        queue.insert(CandidateQueue.Candidate(rank: merge.rank, position: position, pair: pair))
    }

    fileprivate static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}

/// A piece's tokens as a linked list, in which a merge is two changed links.
private struct TokenChain {
    private var tokens: [Int32]
    private var next: [Int]
    private var previous: [Int]
    private static let joined: Int32 = -1

    init(_ tokens: [Int32]) {
        self.tokens = tokens
        next = (0..<tokens.count).map { $0 + 1 }
        previous = (0..<tokens.count).map { $0 - 1 }
    }

    /// The pair that starts at a position, or nil when the token there is gone or the last.
    func pair(at position: Int) -> UInt64? {
        guard tokens[position] != Self.joined, next[position] < tokens.count else { return nil }
        return MergeTable.key(tokens[position], tokens[next[position]])
    }

    func position(before position: Int) -> Int? {
        previous[position] < 0 ? nil : previous[position]
    }

    mutating func join(at position: Int, into token: Int32) {
        let right = next[position]
        tokens[position] = token
        tokens[right] = Self.joined
        next[position] = next[right]
        if next[right] < tokens.count { previous[next[right]] = position }
    }

    var remaining: [Int32] { tokens.filter { $0 != Self.joined } }
}
