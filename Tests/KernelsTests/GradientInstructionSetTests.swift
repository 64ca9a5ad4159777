import CKernels
import Kernels
import Testing

@Suite("Gradient kernels on every instruction set")
struct GradientInstructionSetTests {
    private let tables = (0..<Int32(CK_ISA_COUNT)).compactMap { ck_gradients_for($0)?.pointee }

    /// Runs `body` with each table on four equal matrices of 6 rows and asks for equal bits.
    private func expectSameBits(
        width: Int, _ body: (ck_gradient_kernels, [UnsafeMutablePointer<Float>]) -> Void
    ) throws {
        let results = try tables.map { table in
            let matrices = try (1...4).map { try OwnedMatrix(rows: 6, columns: width, seed: $0) }
            // Second moments are never negative.
            for index in 0..<6 * width {
                matrices[3].view.base[index] = abs(matrices[3].view.base[index])
            }
            body(table, matrices.map(\.view.base))
            return matrices.map(\.bits)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    @Test("all instruction sets give the same bits", arguments: [2, 16, 30, 64, 777])
    func sameBits(width: Int) throws {
        let columns = Int64(width)
        try expectSameBits(width: width) { table, p in table.column_sums(p[0], columns, p[1], 6, columns) }
        try expectSameBits(width: width) { table, p in
            table.relu_backward(p[0], columns, p[1], columns, 6, columns)
        }
        try expectSameBits(width: width) { table, p in
            table.layer_norm_backward(p[0], columns, p[1], 1e-5, p[2], columns, p[3], columns, 6, columns)
        }
        try expectSameBits(width: width) { table, p in
            table.rms_norm_backward(p[0], columns, p[1], 1e-5, p[2], columns, p[3], columns, 6, columns)
        }
        try expectSameBits(width: width) { table, p in
            table.silu_gate_backward(p[0], columns, p[1], columns, p[2], columns, 6, columns)
        }
        try expectSameBits(width: width) { table, p in
            table.softmax_backward(p[0], columns, p[1], columns, 0.125, 6, columns)
        }
        try expectSameBits(width: width) { table, p in
            table.scaled_probabilities(p[0], columns, p[1], p[2], 6, columns)
        }
        try expectSameBits(width: width) { table, p in
            p[0][0] = Float(table.square_sum(p[1], 6 * width))
        }
        try expectSameBits(width: width) { table, p in
            var step = ck_adam_step(
                first_share: 0.1, second_decay: 0.999, second_share: 0.001, epsilon: 1e-8, step_size: 1e-3,
                root_correction: 0.03, penalty: 0.01, shrinking: 0.99, gradient_scale: 0.7)
            table.adam(p[0], p[1], p[2], p[3], 6 * width, &step)
        }
        try expectSameBits(width: width) { table, p in
            var step = ck_descent_step(
                learning_rate: 1e-3, momentum: 0.9, penalty: 0.01, gradient_scale: 0.7)
            table.descent(p[0], p[1], p[2], 6 * width, &step, 0)
        }
    }
}
