/// A way to have OpenBLAS compute one product.
package enum LibraryWay: String, Sendable, Hashable, Codable, CaseIterable {
    /// One call on one thread.
    case oneThread = "one call, one thread"
    /// One single-threaded call for each thread, on its part of the rows of activations, all at the same time.
    case rowParts = "rows cut, a call a thread"
    /// One single-threaded call for each thread, on its part of the weight's rows, all at the same time.
    case columnParts = "columns cut, a call a thread"
    /// One call that the library spreads over its own threads.
    case libraryThreads = "one call, the library's threads"
}

/// How fast one product is computed, by OpenBLAS in several ways and by us.
package struct ProductRate: Sendable, Hashable, Codable {
    /// One way with its rate.
    package struct Measured: Sendable, Hashable, Codable {
        /// The way.
        package let way: LibraryWay
        /// 10⁹ floating-point operations a second, from the median over rounds.
        package let gigaflops: Double
        /// Nanoseconds of a product in each round.
        package let callNanoseconds: RoundTimes
    }

    /// The product.
    package let product: ModelProduct
    /// Rows of activations.
    package let rowCount: Int
    /// Threads at work.
    package let threadCount: Int
    /// Every way of the library's.
    package let library: [Measured]
    /// The fastest of them.
    package let best: Measured
    /// Our product, cut into blocks as a forward pass cuts it, in 10⁹ operations a second.
    package let gigaflops: Double
    /// Ours over the best of the library's, in the same rounds.
    package let shareOfBest: Double
    /// Nanoseconds of our product in each round.
    package let callNanoseconds: RoundTimes

    /// A rate from the times of all ways and of ours; nil without a way.
    package init?(
        product: ModelProduct, rowCount: Int, threadCount: Int, library times: [(LibraryWay, RoundTimes)],
        ours: RoundTimes
    ) {
        let operations = product.operations(rowCount: rowCount)
        let library = times.map { way, times in
            Measured(way: way, gigaflops: times.perNanosecond(operations), callNanoseconds: times)
        }
        guard let best = library.max(by: { $0.gigaflops < $1.gigaflops }) else { return nil }
        self.product = product
        self.rowCount = rowCount
        self.threadCount = threadCount
        self.library = library
        self.best = best
        gigaflops = ours.perNanosecond(operations)
        shareOfBest = ours.rate(over: best.callNanoseconds)
        callNanoseconds = ours
    }
}
