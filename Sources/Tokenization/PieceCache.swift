import Synchronization

/// Remembers the tokens of pieces already merged; shared by copies of a tokenizer and safe to use from any thread.
///
/// It never changes a result, only the time to it. It keeps pieces of up to 64 bytes, and at most 131,072 of them.
final class PieceCache: Sendable {
    private let entries = Mutex<[[UInt8]: [Int32]]>([:])
    private let capacity = 1 << 17
    private let longestPiece = 64

    /// The cached tokens of a piece, or those that `compute` makes, which are then kept.
    func tokens(of piece: [UInt8], compute: ([UInt8]) -> [Int32]) -> [Int32] {
        guard piece.count <= longestPiece else { return compute(piece) }
        if let known = entries.withLock({ $0[piece] }) { return known }
        let tokens = compute(piece)
        entries.withLock { entries in
            if entries.count < capacity { entries[piece] = tokens }
        }
        return tokens
    }
}
