/// Query rows of one sequence that follow each other, and the key rows that they look at.
///
/// Query i (from 0) stands at key `keyCount - queryCount + i` and sees the keys `hiddenKeyCount` up to its own. Padded
/// rows, packed sequences and cached generation are all lists of such spans.
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
}
