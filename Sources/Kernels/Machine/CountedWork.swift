import Synchronization

/// What this process did and allocated, counted by the code itself: quantities without noise.
///
/// The same job on the same number of threads counts the same, on any machine that takes the same kernels.
package struct CountedWork: Sendable, Hashable, Codable {
    /// Calls of a matrix product, forward and backward passes alike.
    package var matrixProducts: Int64
    /// Their floating-point operations: two for each multiplication and addition of T × C by C × D.
    package var matrixOperations: Int64
    /// Bytes of all buffers that were allocated, whether freed since or not.
    package var allocatedBytes: Int64

    /// Work from its parts.
    package init(matrixProducts: Int64 = 0, matrixOperations: Int64 = 0, allocatedBytes: Int64 = 0) {
        self.matrixProducts = matrixProducts
        self.matrixOperations = matrixOperations
        self.allocatedBytes = allocatedBytes
    }

    /// What was counted since the process began.
    package static var untilNow: CountedWork {
        CountedWork(
            matrixProducts: products.load(ordering: .relaxed),
            matrixOperations: operations.load(ordering: .relaxed), allocatedBytes: MemoryLedger.enteredBytes)
    }

    /// What was counted after `earlier`.
    package func since(_ earlier: CountedWork) -> CountedWork {
        CountedWork(
            matrixProducts: matrixProducts - earlier.matrixProducts,
            matrixOperations: matrixOperations - earlier.matrixOperations,
            allocatedBytes: allocatedBytes - earlier.allocatedBytes)
    }

    /// Adds the work of another stretch of time.
    package static func += (sum: inout CountedWork, other: CountedWork) {
        sum.matrixProducts += other.matrixProducts
        sum.matrixOperations += other.matrixOperations
        sum.allocatedBytes += other.allocatedBytes
    }

    /// Counts one product; two relaxed additions, some 10 ns beside a product's microseconds.
    @inline(__always)
    static func addProduct(operations count: Int) {
        products.wrappingAdd(1, ordering: .relaxed)
        operations.wrappingAdd(Int64(count), ordering: .relaxed)
    }

    private static let products = Atomic<Int64>(0)
    private static let operations = Atomic<Int64>(0)
}
