import CKernels
import Glibc
import Kernels
import Testing

/// Widths around the 16 lanes of the kernels, and a wide one.
private let widths = [1, 7, 15, 16, 17, 48, 100]

@Suite("Gradient kernels")
struct GradientKernelTests {
    private let team = ThreadTeam(threadCount: 2)

    /// The derivative of `Σ outer · f(values)` by each value, by central differences in double precision.
    private func slopes(
        _ values: [Double], outer: [Double], _ f: ([Double]) -> [Double]
    ) -> [Double] {
        values.indices.map { index in
            let sides = [1e-5, -1e-5].map { step in
                var moved = values
                moved[index] += step
                return zip(outer, f(moved)).reduce(0) { $0 + $1.0 * $1.1 }
            }
            return (sides[0] - sides[1]) / 2e-5
        }
    }

    @Test("the backward passes of both norms agree with differences in double precision", arguments: widths)
    func norms(width: Int) throws {
        for isCentred in [true, false] {
            let input = try OwnedMatrix(rows: 5, columns: width, rowStride: width + 2, seed: 9)
            let gradient = try OwnedMatrix(rows: 5, columns: width, rowStride: width + 1, seed: 2)
            let weight = try OwnedMatrix(rows: 1, columns: width, seed: 10)
            let result = try OwnedMatrix(rows: 5, columns: width, seed: 4)
            let weights = weight.rows[0].map(Double.init)
            func normalized(_ row: [Double]) -> [Double] {
                let mean = isCentred ? row.reduce(0, +) / Double(width) : 0
                let square = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
                return row.map { ($0 - mean) / (square + 1e-2).squareRoot() }
            }
            let expected = zip(result.rows.doubles, zip(input.rows.doubles, gradient.rows.doubles)).map {
                old, pair in
                zip(
                    old,
                    slopes(pair.0, outer: pair.1) { zip(weights, normalized($0)).map { $0 * $1 } }
                ).map { $0 + $1 }
            }
            let products = zip(input.rows.doubles, gradient.rows.doubles).map {
                zip(normalized($0), $1).map { $0 * $1 }
            }
            let backward =
                isCentred ? NormalizationGradient.layerNorm : NormalizationGradient.rootMeanSquareNorm
            backward(gradient.view, input.view, weight.view.base, 1e-2, result.view, team)
            #expect(result.rows.distance(from: expected) < 2e-5)
            #expect(gradient.rows.distance(from: products) < 1e-5)
        }
    }

    @Test("gate, up and their product change places with their gradients", arguments: widths)
    func gate(width: Int) throws {
        let gate = try OwnedMatrix(rows: 4, columns: width, rowStride: 2 * width, seed: 3)
        let up = try OwnedMatrix(rows: 4, columns: width, rowStride: 2 * width, seed: 4)
        let product = try OwnedMatrix(rows: 4, columns: width, seed: 5)
        func silu(_ x: Double) -> Double { x / (1 + exp(-x)) }
        let (gates, ups, outer) = (gate.rows.doubles, up.rows.doubles, product.rows.doubles)
        let rows = gates.indices
        let expectedProduct = rows.map { zip(gates[$0], ups[$0]).map { silu($0) * $1 } }
        let expectedGate = rows.map { row in
            slopes(gates[row], outer: outer[row]) { zip($0, ups[row]).map { silu($0) * $1 } }
        }
        let expectedUp = rows.map { row in
            zip(gates[row], outer[row]).map { silu($0) * $1 }
        }
        ActivationGradient.silu(gate: gate.view, up: up.view, product: product.view, team: team)
        #expect(product.rows.distance(from: expectedProduct) < 1e-5)
        #expect(gate.rows.distance(from: expectedGate) < 1e-5)
        #expect(up.rows.distance(from: expectedUp) < 1e-5)
    }

    @Test("ReLU passes a gradient back where it gave something positive")
    func relu() throws {
        let gradient = try OwnedMatrix(rows: 3, columns: 21, rowStride: 25, seed: 5)
        let output = try OwnedMatrix(rows: 3, columns: 21, seed: 6)
        output.view.base[4] = 0
        let expected = zip(gradient.rows, output.rows).map { zip($0, $1).map { $1 > 0 ? $0 : 0 } }
        ActivationGradient.relu(gradient.view, output: output.view, team: team)
        #expect(gradient.rows == expected)
    }

    @Test("the backward pass of softmax agrees with differences in double precision", arguments: widths)
    func softmax(width: Int) throws {
        let scores = try OwnedMatrix(rows: 3, columns: width, seed: 6)
        let gradient = try OwnedMatrix(rows: 3, columns: width, rowStride: width + 3, seed: 7)
        let weights = try OwnedMatrix(rows: 3, columns: width)
        func softmax(_ row: [Double]) -> [Double] {
            let sum = row.reduce(0) { $0 + exp($1) }
            return row.map { exp($0) / sum }
        }
        let expected = zip(scores.rows.doubles, gradient.rows.doubles).map { row, outer in
            slopes(row, outer: outer, softmax).map { 0.25 * $0 }
        }
        for (row, values) in scores.rows.doubles.enumerated() {
            weights.view.row(row).update(from: softmax(values).map(Float.init), count: width)
        }
        RowReductionGradient.softmax(gradient.view, weights: weights.view, scale: 0.25)
        #expect(gradient.rows.distance(from: expected) < 1e-6)
    }

    @Test("probabilities are scaled row by row", arguments: widths)
    func probabilities(width: Int) throws {
        let logits = try OwnedMatrix(rows: 2, columns: width, rowStride: width + 1, seed: 6)
        let expected = zip(logits.rows.doubles, [(0.5, 2.0), (-1.0, 0.3)]).map { row, constants in
            row.map { constants.1 * exp($0 - constants.0) }
        }
        RowReductionGradient.scaledProbabilities(logits.view, logSums: [0.5, -1], factors: [2, 0.3])
        #expect(logits.rows.distance(from: expected) < 1e-5)
    }

    @Test(
        "both products of a dense layer's backward pass agree with double precision",
        arguments: [3, 130, 600])
    func products(width: Int) throws {
        let gradient = try OwnedMatrix(rows: 37, columns: width, rowStride: width + 1, seed: 1)
        let input = try OwnedMatrix(rows: 37, columns: 19, rowStride: 23, seed: 2)
        let weight = try OwnedMatrix(rows: width, columns: 19, seed: 3)
        let ofInput = try OwnedMatrix(rows: 37, columns: 19, seed: 4)
        let ofWeight = try OwnedMatrix(rows: width, columns: 19, seed: 5)
        let (g, x, w) = (gradient.rows.doubles, input.rows.doubles, weight.rows.doubles)
        let expectedInput = (0..<37).map { row in
            (0..<19).map { column in (0..<width).reduce(0) { $0 + g[row][$1] * w[$1][column] } }
        }
        let expectedWeight = zip(0..<width, ofWeight.rows.doubles).map { row, old in
            (0..<19).map { column in old[column] + (0..<37).reduce(0) { $0 + g[$1][row] * x[$1][column] } }
        }
        ProductGradient.ofInput(gradient.view, weight: weight.view, into: ofInput.view, team: team)
        ProductGradient.addOfWeight(gradient.view, input: input.view, to: ofWeight.view, team: team)
        // Products are from 0 to 4, 1 on average, so a sum grows to about its length. Kernels that add one product after
        // another round each partial sum: the errors of n roundings of up to n ε / 2 add up like a random walk.
        let rounding = Double(width) * Double(width).squareRoot() * Double(Float.ulpOfOne)
        #expect(ofInput.rows.distance(from: expectedInput) < rounding + 1e-5)
        #expect(ofWeight.rows.distance(from: expectedWeight) < 2e-5)
    }

    @Test("columns are summed over rows, and rows are added where their indices say")
    func sums() throws {
        let rows = try OwnedMatrix(rows: 7, columns: 530, rowStride: 531, seed: 1)
        let table = try OwnedMatrix(rows: 4, columns: 530, seed: 2)
        let sums = try OwnedMatrix(rows: 1, columns: 530, seed: 3)
        let indices: [Int32] = [3, 0, 3, 1, 0, 3, 3]
        var expected = table.rows.doubles
        for (row, index) in zip(rows.rows.doubles, indices) {
            expected[Int(index)] = zip(expected[Int(index)], row).map { $0 + $1 }
        }
        let expectedSums = rows.rows.doubles.reduce(sums.rows.doubles[0]) { zip($0, $1).map { $0 + $1 } }
        RowScattering.add(rows.view, to: table.view, at: indices, team: team)
        ColumnSums.add(rows.view, to: sums.view.base, team: team)
        #expect(table.rows.distance(from: expected) < 1e-6)
        #expect(sums.rows.distance(from: [expectedSums]) < 2e-6)
    }

    @Test("rotating back takes a rotation away", arguments: [2, 40, 64])
    func rotation(headSize: Int) throws {
        let rotary = try RotaryEmbedding(headSize: headSize, positionCount: 40, base: 10_000)
        let rows = try OwnedMatrix(rows: 3, columns: 2 * headSize, rowStride: 2 * headSize + 4)
        let start = rows.rows
        rotary.rotate(rows.view, positions: [0, 39, 7], team: team)
        #expect(rows.rows.distance(from: start.doubles) > 0.1)
        rotary.rotateBack(rows.view, positions: [0, 39, 7], team: team)
        #expect(rows.rows.distance(from: start.doubles) < 1e-6)
    }
}
