import Kernels
import RandomStreams

/// A matrix that owns its memory, filled with small normal draws so that no value is special.
struct PatternMatrix {
    private let buffer: AlignedBuffer<Float>
    /// All of it; valid while this matrix is held.
    let view: MatrixView

    /// A matrix of that shape, its rows without gaps.
    init(rows: Int, columns: Int, seed: UInt64, team: ThreadTeam) throws(OutOfMemory) {
        buffer = try AlignedBuffer(count: rows * columns)
        view = MatrixView(base: buffer.base, rowCount: rows, columnCount: columns)
        Noise.fill(
            0.02, seed: seed, distribution: .gaussian, to: buffer.base, count: rows * columns, firstIndex: 0,
            team: team)
    }

    /// All of it as one run.
    var elements: UnsafeMutableBufferPointer<Float> { buffer.elements }
}
