/// Sequences of different lengths as rows of one length, padded on the left.
///
/// The row length is the longest sequence's, rounded up to a multiple of 8 for training as in the published
/// code. Positions count from each sequence's own first token, padding is hidden from attention, so padding
/// changes no value beyond float rounding.
struct PaddedBatch {
    /// The length of every row.
    let rowLength: Int
    /// The rows of the forward pass: row `s * rowLength + i` is slot i of sequence s.
    let rows: TokenRows
    private let paddingCounts: [Int]

    /// Lays out sequences that have been checked; padded slots hold token 0, whose value does not matter.
    init(_ sequences: [[Int32]], roundingTo multiple: Int) {
        let longest = sequences.map(\.count).max() ?? 0
        let rowLength = (longest + multiple - 1) / multiple * multiple
        var rows = TokenRows(tokens: [], positions: [], spans: [])
        rows.tokens.reserveCapacity(sequences.count * rowLength)
        rows.positions.reserveCapacity(sequences.count * rowLength)
        for (index, sequence) in sequences.enumerated() {
            let padding = rowLength - sequence.count
            rows.tokens += [Int32](repeating: 0, count: padding) + sequence
            rows.positions += [Int32](repeating: -1, count: padding) + (0..<Int32(sequence.count))
            rows.spans.append(
                AttentionSpan(
                    firstQueryRow: index * rowLength, queryCount: rowLength,
                    firstKeyRow: index * rowLength, keyCount: rowLength, hiddenKeyCount: padding))
        }
        self.rowLength = rowLength
        self.rows = rows
        paddingCounts = sequences.map { rowLength - $0.count }
    }

    /// The same rows for a pass that stores keys and values in a cache and reads them from there.
    ///
    /// Sequence s uses the cache's slot s from its first row on, padding included.
    func rows(cachedWithCapacity capacity: Int) -> TokenRows {
        var cached = rows
        for index in cached.spans.indices { cached.spans[index].firstKeyRow = index * capacity }
        cached.cacheRows = (0..<rows.count).map { row in
            row / rowLength * capacity + row % rowLength
        }
        return cached
    }

    /// How many slots at the start of a sequence's row are padding.
    func paddingCount(of sequence: Int) -> Int { paddingCounts[sequence] }

    /// The row of token `token` of sequence `sequence`.
    func row(ofToken token: Int, inSequence sequence: Int) -> Int {
        sequence * rowLength + paddingCounts[sequence] + token
    }
}
