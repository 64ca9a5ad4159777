import RandomStreams
import Testing

@Suite("Uniform draws")
struct UniformDrawTests {
    @Test("integers below a bound are in range and uniform")
    func integers() {
        var integers = UniformIntegers(seed: 3, purpose: .sandbox)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[integers.next(below: 7)] += 1 }
        // The 0.999 quantile of chi-square with 6 degrees of freedom.
        #expect(chiSquare(counts) < 22.46)
        #expect(integers.next(below: 1) == 0)
        #expect((0..<Int.max).contains(integers.next(below: .max)))
    }

    @Test("each subset of 2 of 6 is equally likely, ascending and without repeats")
    func subsets() {
        var integers = UniformIntegers(seed: 4, purpose: .layerSelection)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<30_000 {
            let subset = UniformSubset.draw(2, of: 6, using: &integers)
            #expect(subset[0] < subset[1] && subset[0] >= 0 && subset[1] < 6)
            counts[subset, default: 0] += 1
        }
        #expect(counts.count == 15)
        // The 0.999 quantile of chi-square with 14 degrees of freedom.
        #expect(chiSquare(Array(counts.values)) < 36.12)
    }

    @Test("nothing and everything can be drawn")
    func bounds() {
        var integers = UniformIntegers(seed: 5, purpose: .layerSelection)
        #expect(UniformSubset.draw(0, of: 4, using: &integers) == [])
        #expect(UniformSubset.draw(4, of: 4, using: &integers) == [0, 1, 2, 3])
        #expect(UniformSubset.draw(0, of: 0, using: &integers) == [])
    }

    @Test("each order of 4 is equally likely")
    func orders() {
        var integers = UniformIntegers(seed: 6, purpose: .order)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<48_000 { counts[Permutation.draw(count: 4, using: &integers), default: 0] += 1 }
        #expect(counts.count == 24)
        // The 0.999 quantile of chi-square with 23 degrees of freedom.
        #expect(chiSquare(Array(counts.values)) < 49.73)
    }

    @Test("an epoch's order is a permutation that depends on epoch and seed alone")
    func epochs() {
        let order = Permutation.numbered(3, count: 1_000, seed: 11)
        #expect(order.sorted() == Array(0..<1_000))
        #expect(order == Permutation.numbered(3, count: 1_000, seed: 11))
        #expect(order != Permutation.numbered(4, count: 1_000, seed: 11))
        #expect(order != Permutation.numbered(3, count: 1_000, seed: 12))
        #expect(Permutation.numbered(0, count: 0, seed: 1) == [])
    }

    private func chiSquare(_ counts: [Int]) -> Double {
        let expected = Double(counts.reduce(0, +)) / Double(counts.count)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }
}
