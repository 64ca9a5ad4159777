/// The Walsh averages `(x_i + x_j) / 2`, `i <= j`, of differences: their order statistics, without a list of them all.
///
/// Of n differences there are `n(n+1)/2` averages. One by rank is found by halving the range of numbers until a single one
/// is left, and counting at each halving how many averages lie at or below it, which takes one walk over the sorted
/// differences. The result is the very average that a sorted list would have at this place.
package struct WalshAverages: Sendable {
    private let sorted: [Double]

    /// The averages of finite differences, at least one.
    package init(of differences: [Double]) {
        sorted = differences.sorted()
    }

    /// How many averages there are.
    package var count: Int { sorted.count * (sorted.count + 1) / 2 }

    /// The middle average, the mean of the two middle ones for an even count.
    package var median: Double {
        let middle = count / 2
        return count.isMultiple(of: 2)
            ? (element(atRank: middle - 1) + element(atRank: middle)) / 2 : element(atRank: middle)
    }

    /// The average with `rank` others before it in ascending order; `rank` lies in `0..<count`.
    package func element(atRank rank: Int) -> Double {
        // Both ends are averages themselves, of the smallest and the largest difference.
        var (below, reached) = (place(of: sorted[0]) - 1, place(of: sorted[sorted.count - 1]))
        while reached > below + 1 {
            // The mean rounded down; the difference of both ends need not fit into a word.
            let middle = (below & reached) + ((below ^ reached) >> 1)
            if countUp(to: number(at: middle)) > rank { reached = middle } else { below = middle }
        }
        return number(at: reached)
    }

    /// How many averages are at most `bound`.
    private func countUp(to bound: Double) -> Int {
        var count = 0
        var last = sorted.count - 1
        for first in sorted.indices {
            while last >= first, (sorted[first] + sorted[last]) / 2 > bound { last -= 1 }
            guard last >= first else { break }
            count += last - first + 1
        }
        return count
    }

    // MARK: Numbers by their place in the order of all numbers

    private func place(of number: Double) -> Int64 {
        // Negative numbers ascend as their bits without the sign descend; 0 has two bit patterns and one place.
        let size = Int64(number.magnitude.bitPattern)
        return number < 0 ? -size : size
    }

    private func number(at place: Int64) -> Double {
        let size = Double(bitPattern: UInt64(place.magnitude))
        return place < 0 ? -size : size
    }
}
