import GRDB
import Kernels

/// The columns that counted work has in `round`; all of them are NULL where none was recorded.
enum WorkColumns {
    /// In the order of ``values(of:)``.
    static let names = ["matrix_products", "matrix_operations", "allocated_bytes"]

    /// The values of the columns.
    static func values(of work: CountedWork?) -> [(any DatabaseValueConvertible)?] {
        [work?.matrixProducts, work?.matrixOperations, work?.allocatedBytes]
    }

    /// The work in a row that has the columns.
    static func work(_ row: Row) throws -> CountedWork? {
        let products: Int64? = try row.stored("matrix_products")
        return try products.map {
            CountedWork(
                matrixProducts: $0, matrixOperations: try row.stored("matrix_operations") ?? 0,
                allocatedBytes: try row.stored("allocated_bytes") ?? 0)
        }
    }
}
