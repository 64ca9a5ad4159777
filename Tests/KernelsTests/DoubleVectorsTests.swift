import Kernels
import Testing

@Suite("Vectors in double precision")
struct DoubleVectorsTests {
    @Test("dot products and scaled sums are those of plain loops", arguments: [0, 1, 7, 8, 9, 40, 67])
    func values(count: Int) {
        let first = (0..<count).map { Double($0 % 11) - 5 }
        let second = (0..<count).map { Double($0 % 7) * 0.25 }
        // Small multiples of a quarter, so that every order of summing gives the same.
        let expected = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(DoubleVectors.dot(first[...], second[...]) == expected)
        var sums = [Double](repeating: 1, count: count + 3)
        DoubleVectors.add(first[...], times: -2, to: &sums, from: 2)
        #expect(sums == [1, 1] + first.map { 1 - 2 * $0 } + [1])
    }

    @Test("a slice is its own elements")
    func slices() {
        let values = [9.0, 1, 2, 3, 9]
        #expect(DoubleVectors.dot(values[1..<4], values[1..<4]) == 14)
    }
}
