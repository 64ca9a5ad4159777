import Glibc
import Kernels
import Testing

/// Widths around the 16 lanes of the kernels, and a wide one.
private let widths = [1, 7, 15, 16, 17, 48, 100]

@Suite("Layer kernels")
struct LayerKernelTests {
    private let team = ThreadTeam(threadCount: 2)

    @Test("LayerNorm agrees with double precision, in place too", arguments: widths)
    func layerNorm(width: Int) throws {
        let input = try OwnedMatrix(rows: 5, columns: width, rowStride: width + 2, seed: 9)
        let parameters = try OwnedMatrix(rows: 2, columns: width, seed: 10)
        let output = try OwnedMatrix(rows: 5, columns: width)
        let expected = input.rows.doubles.map { row in
            let mean = row.reduce(0, +) / Double(width)
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            return row.indices.map {
                (row[$0] - mean) / (variance + 1e-5).squareRoot() * Double(parameters.rows[0][$0])
                    + Double(parameters.rows[1][$0])
            }
        }
        for target in [output, input] {
            Normalization.layerNorm(
                input.view, weight: parameters.view.row(0), bias: parameters.view.row(1), epsilon: 1e-5,
                into: target.view, team: team)
            #expect(target.rows.distance(from: expected) < 1e-5)
        }
    }

    @Test("RMSNorm agrees with double precision, in place too", arguments: widths)
    func rootMeanSquareNorm(width: Int) throws {
        let input = try OwnedMatrix(rows: 5, columns: width, seed: 9)
        let weight = try OwnedMatrix(rows: 1, columns: width, seed: 10)
        let output = try OwnedMatrix(rows: 5, columns: width, rowStride: width + 1)
        let expected = input.rows.doubles.map { row in
            let meanSquare = row.reduce(0) { $0 + $1 * $1 } / Double(width)
            return row.indices.map {
                row[$0] / (meanSquare + 1e-6).squareRoot() * Double(weight.rows[0][$0])
            }
        }
        for target in [output, input] {
            Normalization.rootMeanSquareNorm(
                input.view, weight: weight.view.base, epsilon: 1e-6, into: target.view, team: team)
            #expect(target.rows.distance(from: expected) < 1e-5)
        }
    }

    @Test("the gate is silu(gate) times up", arguments: widths)
    func gate(width: Int) throws {
        let gate = try OwnedMatrix(rows: 4, columns: width, rowStride: 2 * width, seed: 3)
        let up = try OwnedMatrix(rows: 4, columns: width, rowStride: 2 * width, seed: 4)
        for (column, extreme) in zip(0..<width, [Float(-100), 100, -20, 20, 0]) {
            gate.view.row(0)[column] = extreme
        }
        let expected = zip(gate.rows.doubles, up.rows.doubles).map { gate, up in
            zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
        }
        GatedActivation.silu(gate: gate.view, up: up.view, team: team)
        #expect(gate.rows.distance(from: expected) < 2e-5)
    }

    @Test("rotary turns pairs half a head apart", arguments: [2, 8, 32, 64, 40])
    func rotary(headSize: Int) throws {
        let rotary = try RotaryEmbedding(headSize: headSize, positionCount: 40, base: 10_000)
        let rows = try OwnedMatrix(rows: 3, columns: 2 * headSize, rowStride: 2 * headSize + 4)
        let positions: [Int32] = [0, 39, 7]
        let half = headSize / 2
        let expected = zip(rows.rows.doubles, positions).map { row, position in
            row.indices.map { column in
                let pair = column % headSize % half
                let angle =
                    Double(position) * pow(10_000, -2 * Double(pair) / Double(headSize))
                let isLower = column % headSize < half
                let other = row[isLower ? column + half : column - half]
                return row[column] * cos(angle) + (isLower ? -other : other) * sin(angle)
            }
        }
        rotary.rotate(rows.view, positions: positions, team: team)
        #expect(rows.rows.distance(from: expected) < 1e-5)
    }

    @Test("softmax covers the seen columns, clears the others, and is zero where nothing is seen")
    func softmax() throws {
        for width in widths {
            for first in [0, 3, 16, 20] where first <= width {
                let stride = (width + 15) / 16 * 16
                let rows = try OwnedMatrix(rows: 4, columns: width, rowStride: stride, seed: 6)
                // What stands outside the seen columns must not matter, not even if it is not a number.
                for row in 0..<4 { for column in 0..<first { rows.view.row(row)[column] = .nan } }
                let ends = [width, first, (first + width + 1) / 2, max(0, first - 1)]
                let expected = zip(rows.rows.doubles, ends).map { row, end in
                    let sum = row.indices.reduce(0) { $1 >= first && $1 < end ? $0 + exp(row[$1]) : $0 }
                    return row.indices.map { $0 >= first && $0 < end ? exp(row[$0]) / sum : 0 }
                }
                ends.map(Int32.init).withUnsafeBufferPointer { buffer in
                    if let base = buffer.baseAddress {
                        RowReduction.softmax(rows.view, first: first, ends: base)
                    }
                }
                #expect(rows.rows.distance(from: expected) < 1e-6)
            }
        }
    }

    @Test("softmax and sums of exponentials hold for values far apart")
    func extremes() throws {
        let rows = try OwnedMatrix(rows: 1, columns: 3, rowStride: 16)
        rows.view.base.update(from: [1e4, -1e4, 1e4] as [Float], count: 3)
        var maximum: Float = 0
        var sum: Float = 0
        RowReduction.exponentialSums(rows.view, maxima: &maximum, sums: &sum)
        #expect(maximum == 1e4)
        #expect(abs(sum - 2) < 1e-6)
        var end: Int32 = 3
        RowReduction.softmax(rows.view, first: 0, ends: &end)
        #expect(rows.rows.distance(from: [[0.5, 0, 0.5]]) < 1e-6)
    }

    @Test("sums of exponentials agree with double precision", arguments: widths)
    func exponentialSums(width: Int) throws {
        let rows = try OwnedMatrix(rows: 3, columns: width, rowStride: width + 3, seed: 8)
        var maxima = [Float](repeating: 0, count: 3)
        var sums = [Float](repeating: 0, count: 3)
        RowReduction.exponentialSums(rows.view, maxima: &maxima, sums: &sums)
        for (row, values) in rows.rows.doubles.enumerated() {
            let maximum = values.max() ?? 0
            let expected = values.reduce(0) { $0 + exp($1 - maximum) }
            #expect(Double(maxima[row]) == maximum)
            #expect(abs(Double(sums[row]) / expected - 1) < 1e-6)
        }
    }

    @Test("the largest value of a row is found at its lowest column")
    func maxima() throws {
        let rows = try OwnedMatrix(rows: 2, columns: 40, seed: 8)
        rows.view.row(0)[7] = 9
        rows.view.row(0)[31] = 9
        rows.view.row(1)[39] = 3
        let found = RowReduction.maxima(rows.view)
        #expect(found.map(\.column) == [7, 39])
        #expect(found.map(\.value) == [9, 3])
    }

    @Test("rows are gathered and added by index")
    func gathering() throws {
        let table = try OwnedMatrix(rows: 6, columns: 21, seed: 5)
        let output = try OwnedMatrix(rows: 3, columns: 21, rowStride: 30)
        RowGathering.gather([5, 0, 5], from: table.view, into: output.view, team: team)
        #expect(output.rows == [table.rows[5], table.rows[0], table.rows[5]])
        RowGathering.add([1, 2, 0], from: table.view, into: output.view, team: team)
        let expected = zip([5, 0, 5], [1, 2, 0]).map { first, second in
            zip(table.rows[first], table.rows[second]).map { $0 + $1 }
        }
        #expect(output.rows == expected)
    }

    @Test("a row chunk or a chunk is done once, and a worker never by two threads at once")
    func chunks() {
        let team = ThreadTeam(threadCount: 3)
        let done = UnsafeMutableBufferPointer<Int>.allocate(capacity: 100)
        defer { done.deallocate() }
        done.initialize(repeating: 0)
        team.forEachChunk(of: 100) { chunk, worker in
            done[chunk] += worker < 3 && chunk % 3 == worker ? 1 : 100
        }
        #expect(done.allSatisfy { $0 == 1 })
        team.forEachRowChunk(rowCount: 100, columnCount: 5000) { rows in
            for row in rows { done[row] += 1 }
        }
        #expect(done.allSatisfy { $0 == 2 })
    }
}
