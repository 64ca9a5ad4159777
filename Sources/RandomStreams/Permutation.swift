/// Orders drawn uniformly.
package enum Permutation {
    /// The integers of `0..<count` in an order drawn uniformly (Fisher and Yates, from the end).
    package static func draw(count: Int, using integers: inout UniformIntegers) -> [Int] {
        var order = Array(0..<max(0, count))
        for last in stride(from: order.count - 1, to: 0, by: -1) {
            order.swapAt(last, integers.next(below: last + 1))
        }
        return order
    }

    /// One of a row of orders under one seed, a pure function of its arguments.
    ///
    /// Training examples are ordered by it under a trial's noise seed, an epoch being a number, and the cells of a timing
    /// round under their comparison's seed, a round being a number.
    ///
    /// - Parameters:
    ///   - number: Which of the orders.
    ///   - count: How many things are ordered.
    ///   - seed: The seed that the orders share.
    package static func numbered(_ number: Int, count: Int, seed: UInt64) -> [Int] {
        let ownSeed = SeedDerivation.seed(.order, index: UInt64(bitPattern: Int64(number)), parent: seed)
        var integers = UniformIntegers(seed: ownSeed, purpose: .order)
        return draw(count: count, using: &integers)
    }
}
