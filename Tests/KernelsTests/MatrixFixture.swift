import Kernels

/// A matrix that owns its memory, for tests; values are a fixed, uneven pattern.
final class OwnedMatrix {
    private let buffer: AlignedBuffer<Float>
    let view: MatrixView

    init(rows: Int, columns: Int, rowStride: Int? = nil, seed: UInt64 = 1) throws {
        let stride = rowStride ?? columns
        buffer = try AlignedBuffer(count: max(1, rows * stride))
        view = MatrixView(base: buffer.base, rowCount: rows, columnCount: columns, rowStride: stride)
        var state = seed
        for index in 0..<buffer.count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            buffer.base[index] = Float(Int32(truncatingIfNeeded: state >> 33)) / Float(1 << 30)
        }
    }

    /// The view's rows.
    var rows: [[Float]] {
        (0..<view.rowCount).map { row in (0..<view.columnCount).map { view.row(row)[$0] } }
    }

    /// Everything in memory, gaps between rows included, as bits.
    var bits: [UInt32] { buffer.elements.map(\.bitPattern) }
}

extension [[Float]] {
    /// The largest absolute difference from values computed in double precision.
    func distance(from other: [[Double]]) -> Double {
        var largest = 0.0
        for (a, b) in zip(joined(), other.joined()) {
            let difference = abs(Double(a) - b)
            largest = difference.isNaN ? .infinity : Swift.max(largest, difference)
        }
        return map(\.count) == other.map(\.count) ? largest : .infinity
    }

    var doubles: [[Double]] { map { $0.map(Double.init) } }
}
