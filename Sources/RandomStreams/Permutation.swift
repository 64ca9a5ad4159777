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

    /// The order of `count` training examples in one epoch, a pure function of its arguments.
    ///
    /// - Parameters:
    ///   - epoch: The epoch's number, from 0.
    ///   - count: How many examples there are.
    ///   - noiseSeed: The trial's noise seed.
    package static func ofEpoch(_ epoch: Int, count: Int, noiseSeed: UInt64) -> [Int] {
        let seed = SeedDerivation.seed(
            .epochOrder, index: UInt64(bitPattern: Int64(epoch)), parent: noiseSeed)
        var integers = UniformIntegers(seed: seed, purpose: .epochOrder)
        return draw(count: count, using: &integers)
    }
}
