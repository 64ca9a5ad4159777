import CKernels
import Glibc

/// Cosines and sines of rotary position embedding, and the rotation of rows by them.
///
/// Half-split order, as Hugging Face lays Llama's projections out: element i of a head turns with element
/// i + headSize / 2. Determinism class: the same bits on every instruction set and for any number of threads.
/// Source: Su et al. 2021, section 3.2.
package final class RotaryEmbedding {
    private let headSize: Int
    private let cosines: AlignedBuffer<Float>
    private let sines: AlignedBuffer<Float>

    /// Tables for positions `0..<positionCount`; `headSize` is even.
    package init(headSize: Int, positionCount: Int, base: Float) throws(OutOfMemory) {
        precondition(headSize > 0 && headSize % 2 == 0)
        self.headSize = headSize
        let half = headSize / 2
        cosines = try AlignedBuffer(count: positionCount * half)
        sines = try AlignedBuffer(count: positionCount * half)
        for index in 0..<half {
            // The angle is rounded to float32 at each stage, as the published models were trained.
            let frequency = 1 / powf(base, Float(2 * index) / Float(headSize))
            for position in 0..<positionCount {
                let angle = Float(position) * frequency
                cosines.base[position * half + index] = cosf(angle)
                sines.base[position * half + index] = sinf(angle)
            }
        }
    }

    /// The bytes of the tables.
    package var bytes: Int { (cosines.count + sines.count) * MemoryLayout<Float>.stride }

    /// Rotates each head of each row in place; row r stands at `positions[r]`.
    ///
    /// Shapes: rows [T, heads · headSize], positions [T], each inside the tables.
    package func rotate(_ rows: MatrixView, positions: [Int32], team: ThreadTeam) {
        turn(rows, positions: positions, direction: 1, team: team)
    }

    /// Rotates the other way, which is what the backward pass of ``rotate(_:positions:team:)`` does to gradients.
    package func rotateBack(_ rows: MatrixView, positions: [Int32], team: ThreadTeam) {
        turn(rows, positions: positions, direction: -1, team: team)
    }

    private func turn(_ rows: MatrixView, positions: [Int32], direction: Float, team: ThreadTeam) {
        precondition(rows.columnCount % headSize == 0 && positions.count == rows.rowCount)
        positions.withUnsafeBufferPointer { positions in
            guard let first = positions.baseAddress else { return }
            team.forEachRowChunk(.rotation, rowCount: rows.rowCount, columnCount: rows.columnCount) { chunk in
                ck_layers().pointee.rotate(
                    rows.row(chunk.lowerBound), Int64(rows.rowStride), first + chunk.lowerBound,
                    cosines.base, sines.base, direction, Int64(chunk.count),
                    Int64(rows.columnCount / headSize), Int64(headSize))
            }
        }
    }
}
