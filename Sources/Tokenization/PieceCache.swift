import Synchronization

/// Remembers the tokens of pieces already merged; shared by copies of a tokenizer and safe to use from any thread.
///
/// It never changes a result, only the time to it. It stops growing at ``capacity`` pieces.
final class PieceCache: Sendable {
    private let entries = Mutex<[[UInt8]: [Int32]]>([:])
    private let capacity = 1 << 17

    /// The cached tokens of a piece, or those that `compute` makes, which are then kept.
    func tokens(of piece: [UInt8], compute: ([UInt8]) -> [Int32]) -> [Int32] {
        if let known = entries.withLock({ $0[piece] }) { return known }
        let tokens = compute(piece)
        entries.withLock { entries in
            if entries.count < capacity { entries[piece] = tokens }
        }
        return tokens
    }
}
