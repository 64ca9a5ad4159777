import CKernels
import Kernels
import Testing

@Suite("Layer kernels on every instruction set")
struct LayerInstructionSetTests {
    /// Tables of the kernels that this machine can run, the baseline first.
    private var tables: [ck_layer_kernels] {
        (0..<Int32(CK_ISA_COUNT)).compactMap { ck_layers_for($0)?.pointee }
    }

    // Runs `body` with each table on equal input and asks for equal bits.
    private func expectSameBits(
        width: Int, _ body: (ck_layer_kernels, MatrixView, MatrixView) -> Void
    ) throws {
        let results = try tables.map { table in
            let rows = try OwnedMatrix(rows: 6, columns: width, rowStride: (width + 15) / 16 * 16, seed: 4)
            let other = try OwnedMatrix(rows: 6, columns: width, rowStride: width, seed: 5)
            body(table, rows.view, other.view)
            return rows.bits
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    @Test("all instruction sets give the same bits", arguments: [2, 16, 30, 64, 777])
    func sameBits(width: Int) throws {
        let columns = Int64(width)
        try expectSameBits(width: width) { table, rows, other in
            table.layer_norm(
                rows.base, Int64(rows.rowStride), other.row(0), other.row(1), 1e-5, rows.base,
                Int64(rows.rowStride), 6, columns)
        }
        try expectSameBits(width: width) { table, rows, other in
            table.rms_norm(
                rows.base, Int64(rows.rowStride), other.row(0), 1e-5, rows.base, Int64(rows.rowStride), 6,
                columns)
        }
        try expectSameBits(width: width) { table, rows, other in
            table.silu_gate(rows.base, Int64(rows.rowStride), other.base, columns, 6, columns)
        }
        try expectSameBits(width: width) { table, rows, other in
            table.add_bias_relu(rows.base, Int64(rows.rowStride), other.base, 6, columns)
        }
        try expectSameBits(width: width) { table, rows, other in
            table.rotate(
                rows.base, Int64(rows.rowStride), [0, 1, 2, 3, 4, 5], other.base, other.base, 1, 6, 1,
                columns / 2 * 2)
        }
        try expectSameBits(width: width) { table, rows, _ in
            let ends = (1...6).map { Int32(width * $0 / 6) }
            table.softmax(rows.base, Int64(rows.rowStride), ends, columns / 7, 6, columns)
        }
        try expectSameBits(width: width) { table, rows, other in
            table.exponential_sum(other.base, columns, rows.base, rows.base + 6, 6, columns)
        }
    }
}
