/// The tensor types that are read, with their numbers in the file format.
///
/// Quantised types hold 32 numbers a block: a half-precision scale, sometimes a half-precision minimum or the
/// fifth bits, then the quants (ggml, `ggml-common.h`).
enum GGUFTensorType: UInt32, Sendable, Hashable, CaseIterable {
    case float32 = 0
    case float16 = 1
    case q4_0 = 2
    case q4_1 = 3
    case q5_0 = 6
    case q5_1 = 7
    case q8_0 = 8
    case bfloat16 = 30

    /// The names as GGUF's tools print them.
    static let supportedNames = "F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0"

    /// Numbers in one block.
    var blockElements: Int {
        switch self {
        case .float32, .float16, .bfloat16: 1
        case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0: 32
        }
    }

    /// Bytes of one block.
    var blockBytes: Int {
        switch self {
        case .float32: 4
        case .float16, .bfloat16: 2
        case .q4_0: 18
        case .q4_1: 20
        case .q5_0: 22
        case .q5_1: 24
        case .q8_0: 34
        }
    }
}
