/// Query rows of one sequence that follow each other, and the key rows that they look at.
///
/// Query i (from 0) stands at key `keyCount - queryCount + i` and sees the keys `hiddenKeyCount` up to its
/// own, and all of `sharedKeys` before them. Padded rows, packed sequences and cached generation are all lists of
/// such spans.
struct AttentionSpan: Sendable, Hashable {
    /// The first query row of the span in the batch.
    var firstQueryRow: Int
    /// The number of query rows.
    var queryCount: Int
    /// The first key row, in the batch or in the cache.
    var firstKeyRow: Int
    /// The number of key rows, hidden ones included.
    var keyCount: Int
    /// How many of the first keys are padding, which nobody sees.
    var hiddenKeyCount: Int
    /// Key rows of an earlier part of the sequence that is computed once for several sequences.
    var sharedKeys: Range<Int> = 0..<0

    /// The span that many rows further on.
    func shifted(by rowCount: Int) -> AttentionSpan {
        var span = self
        span.firstQueryRow += rowCount
        span.firstKeyRow += rowCount
        span.sharedKeys = sharedKeys.lowerBound + rowCount..<sharedKeys.upperBound + rowCount
        return span
    }
}

/// The tokens of one forward pass, one row each, and how they see one another.
struct TokenRows: Sendable, Hashable {
    /// The token of each row.
    var tokens: [Int32]
    /// The position of each row's token in its sequence, counted from 0 without padding; -1 on padding.
    var positions: [Int32]
    /// Which rows see which; every row is in exactly one span.
    var spans: [AttentionSpan]
    /// Where each row's key and value go in the cache; nil without a cache.
    var cacheRows: [Int]?

    /// The number of rows.
    var count: Int { tokens.count }

    /// The same rows twice, each half seeing itself alone.
    var doubled: TokenRows {
        TokenRows(
            tokens: tokens + tokens, positions: positions + positions,
            spans: spans + spans.map { $0.shifted(by: count) })
    }
}

/// Rows whose output is needed, beside others that only give keys and values.
struct KeptRows: Sendable, Hashable {
    /// Rows of the batch, ascending.
    var rows: [Int32]
    /// What each of them sees, query rows counted among the kept ones.
    var spans: [AttentionSpan]

    /// The same in both halves of rows that were doubled from `rowCount`.
    func doubled(rowCount: Int) -> KeptRows {
        let moved = spans.map { span in
            var moved = span.shifted(by: rowCount)
            moved.firstQueryRow = span.firstQueryRow + rows.count
            return moved
        }
        return KeptRows(rows: rows + rows.map { $0 + Int32(rowCount) }, spans: spans + moved)
    }
}
