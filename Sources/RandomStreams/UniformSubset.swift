/// Subsets drawn uniformly without replacement.
package enum UniformSubset {
    /// `count` distinct integers of `0..<total`, ascending; each subset of that size is equally likely.
    ///
    /// - Parameters:
    ///   - count: 0 to `total`.
    ///   - total: How many there are to choose from.
    ///   - integers: Where the randomness comes from; it advances by at least `count` draws.
    package static func draw(_ count: Int, of total: Int, using integers: inout UniformIntegers) -> [Int] {
        precondition(count >= 0 && count <= total, "\(count) of \(total) cannot be drawn without replacement")
        var pool = Array(0..<total)
        for place in 0..<count {
            pool.swapAt(place, place + integers.next(below: total - place))
        }
        return pool.prefix(count).sorted()
    }
}
