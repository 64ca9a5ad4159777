import Kernels
import Testing

@Suite("Matrix product")
struct MatrixProductTests {
    static let shapes = [(1, 1, 1), (3, 17, 5), (16, 128, 64), (70, 530, 33), (513, 1030, 40), (1, 700, 24)]

    private func product(_ input: [[Float]], _ weight: [[Float]]) -> [[Double]] {
        input.map { row in
            weight.map { other in zip(row, other).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        }
    }

    @Test("agrees with sums in double precision, whatever the strides", arguments: shapes)
    func values(rows: Int, outputs: Int, inputs: Int) throws {
        let input = try OwnedMatrix(rows: rows, columns: inputs, rowStride: inputs + 3, seed: 2)
        let weight = try OwnedMatrix(rows: outputs, columns: inputs, seed: 3)
        let output = try OwnedMatrix(rows: rows, columns: outputs, rowStride: outputs + 5, seed: 4)
        MatrixProduct.multiply(
            input.view, byTransposeOf: weight.view, into: output.view, team: ThreadTeam(threadCount: 2))
        let distance = output.rows.distance(from: product(input.rows, weight.rows))
        #expect(distance < 1e-6 * Double(inputs + 4))
    }

    @Test("adds to what is there, then bias, then ReLU", arguments: shapes)
    func finish(rows: Int, outputs: Int, inputs: Int) throws {
        let input = try OwnedMatrix(rows: rows, columns: inputs, seed: 2)
        let weight = try OwnedMatrix(rows: outputs, columns: inputs, seed: 3)
        let output = try OwnedMatrix(rows: rows, columns: outputs, seed: 4)
        let bias = try OwnedMatrix(rows: 1, columns: outputs, seed: 5)
        let before = output.rows
        MatrixProduct.multiply(
            input.view, byTransposeOf: weight.view, into: output.view, accumulating: true,
            finish: .biasThenReLU(bias.view.base), team: ThreadTeam(threadCount: 2))
        let expected = zip(before, product(input.rows, weight.rows)).map { old, new in
            zip(zip(old, new), bias.rows[0]).map { max(0, Double($0.0) + $0.1 + Double($1)) }
        }
        #expect(output.rows.distance(from: expected) < 1e-6 * Double(inputs + 8))
    }

    @Test("one, two and three threads give the same bits", arguments: shapes)
    func threads(rows: Int, outputs: Int, inputs: Int) throws {
        let input = try OwnedMatrix(rows: rows, columns: inputs, seed: 2)
        let weight = try OwnedMatrix(rows: outputs, columns: inputs, seed: 3)
        let bias = try OwnedMatrix(rows: 1, columns: outputs, seed: 5)
        let bits = try [1, 2, 3].map { threadCount in
            let output = try OwnedMatrix(rows: rows, columns: outputs, seed: 4)
            MatrixProduct.multiply(
                input.view, byTransposeOf: weight.view, into: output.view, accumulating: true,
                finish: .bias(bias.view.base), team: ThreadTeam(threadCount: threadCount))
            return output.bits
        }
        #expect(bits[0] == bits[1] && bits[0] == bits[2])
    }

    @Test("blocks tile every output without overlap and never exceed the largest block")
    func blocks() {
        for (rows, columns) in [(1, 1), (15, 127), (512, 512), (513, 513), (1024, 50272), (2048, 768)] {
            let blocks = ProductBlocks(rowCount: rows, columnCount: columns)
            var covered = [Int](repeating: 0, count: columns)
            var area = 0
            for index in 0..<blocks.count {
                let block = blocks.block(index)
                #expect(block.rows.count * block.columns.count <= ProductBlocks.largestBlock)
                #expect(!block.rows.isEmpty && !block.columns.isEmpty)
                area += block.rows.count * block.columns.count
                for column in block.columns { covered[column] += block.rows.count }
            }
            #expect(area == rows * columns)
            #expect(covered.allSatisfy { $0 == rows })
        }
    }
}
