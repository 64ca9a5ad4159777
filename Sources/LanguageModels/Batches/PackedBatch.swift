/// Sequences as rows without padding, parts that they share computed once.
///
/// Neighbouring sequences that begin alike, such as the options of one example, share the rows of their common
/// beginning if it is at least half of the longest of them. A sequence's last token predicts nothing that is asked
/// for, so it has no row. A causal model computes the same values as in rows of their own, up to float rounding.
struct PackedBatch {
    /// A token whose log-probability is asked for.
    struct Target: Sendable, Hashable {
        /// The kept row after which it stands, by its place among the kept rows.
        var row: Int32
        /// Its id.
        var token: Int32
    }

    /// The rows of the forward pass.
    private(set) var rows = TokenRows(tokens: [], positions: [], spans: [])
    /// The rows that the head reads.
    let kept: KeptRows
    /// Scored tokens, sequence by sequence.
    let targets: [Target]

    /// Lays out sequences that have been checked.
    init(_ sequences: [ScoredSequence]) {
        var rowsOfSequences: [[Int32]] = []
        var start = 0
        while start < sequences.count {
            let group = Self.group(sequences, from: start)
            rowsOfSequences += Self.append(sequences[start..<group.end], sharing: group.shared, to: &rows)
            start = group.end
        }
        let scoredRows = zip(sequences, rowsOfSequences).flatMap { sequence, rows in
            sequence.scoredTokens.map { rows[$0 - 1] }
        }
        let tokens = sequences.flatMap { $0.tokens[$0.scoredTokens] }
        let keptRows = Set(scoredRows).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(keptRows, Int32(0)...))
        targets = zip(scoredRows, tokens).map { Target(row: places[$0] ?? 0, token: $1) }
        kept = KeptRows(rows: keptRows, spans: Self.spans(ofQueries: keptRows, in: rows.spans))
    }

    /// The sequences from `start` on that share a beginning, and how much of it.
    private static func group(
        _ sequences: [ScoredSequence], from start: Int
    ) -> (end: Int, shared: Int) {
        let first = sequences[start].tokens.dropLast()
        var shared = first.count
        var longest = first.count
        var end = start + 1
        while end < sequences.count {
            let next = sequences[end].tokens.dropLast()
            let common = zip(first, next).prefix(shared).prefix { $0 == $1 }.count
            guard 2 * common >= max(longest, next.count) else { break }
            shared = common
            longest = max(longest, next.count)
            end += 1
        }
        return (end, shared)
    }

    /// Appends a group's rows; returns for each sequence the row of each of its tokens but the last.
    private static func append(
        _ group: ArraySlice<ScoredSequence>, sharing shared: Int, to rows: inout TokenRows
    ) -> [[Int32]] {
        let sharedKeys = rows.count..<rows.count + shared
        append(group.first?.tokens.prefix(shared) ?? [], at: 0, sharedKeys: 0..<0, to: &rows)
        return group.map { sequence in
            let own = rows.count
            append(
                sequence.tokens.dropLast().dropFirst(shared), at: shared, sharedKeys: sharedKeys, to: &rows)
            return (sharedKeys + Array(own..<rows.count)).map { Int32($0) }
        }
    }

    private static func append(
        _ tokens: ArraySlice<Int32>, at position: Int, sharedKeys: Range<Int>, to rows: inout TokenRows
    ) {
        guard !tokens.isEmpty else { return }
        rows.spans.append(
            AttentionSpan(
                firstQueryRow: rows.count, queryCount: tokens.count, firstKeyRow: rows.count,
                keyCount: tokens.count, hiddenKeyCount: 0, sharedKeys: sharedKeys))
        rows.tokens += tokens
        rows.positions += (position..<position + tokens.count).map { Int32($0) }
    }

    /// The spans of kept rows, each up to the keys at which its last row stands.
    private static func spans(ofQueries keptRows: [Int32], in spans: [AttentionSpan]) -> [AttentionSpan] {
        var result: [AttentionSpan] = []
        var index = 0
        for (place, row) in keptRows.enumerated() {
            while Int(row) >= spans[index].firstQueryRow + spans[index].queryCount { index += 1 }
            var span = spans[index]
            span.keyCount = Int(row) - span.firstQueryRow + 1
            span.firstQueryRow = place
            span.queryCount = 1
            if place > 0, keptRows[place - 1] == row - 1, let last = result.last,
                last.firstKeyRow == span.firstKeyRow
            {
                // The next row of the same span.
                result[result.count - 1].queryCount += 1
                result[result.count - 1].keyCount = span.keyCount
            } else {
                result.append(span)
            }
        }
        return result
    }
}
