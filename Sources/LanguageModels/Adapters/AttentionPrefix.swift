import Kernels

/// Keys and values that every query sees before those of tokens; one matrix for each stream of a pass.
struct AttentionPrefix {
    /// [tokens, key/value width].
    let keys: [MatrixView]
    /// The same shape.
    let values: [MatrixView]

    /// The number of virtual tokens.
    var count: Int { keys.first?.rowCount ?? 0 }

    /// Some columns of both.
    func columns(_ columns: Range<Int>) -> AttentionPrefix {
        AttentionPrefix(
            keys: keys.map { $0.columns(columns) }, values: values.map { $0.columns(columns) })
    }
}
