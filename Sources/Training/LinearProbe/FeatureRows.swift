import Kernels

/// Features in double precision, one row an example.
package struct FeatureRows {
    /// Features of a row.
    package let width: Int
    /// Rows.
    package let count: Int
    private let values: [Double]

    /// The rows of `rows`, which all have the same length.
    package init(_ rows: [[Float]]) {
        width = rows.first?.count ?? 0
        count = rows.count
        values = rows.flatMap { $0.map { Double($0) } }
    }

    /// A row.
    subscript(row: Int) -> ArraySlice<Double> {
        values[row * width..<(row + 1) * width]
    }

    /// The scores of a row under weights of several classes, [classes, width].
    func scores(ofRow row: Int, weights: [Double]) -> [Double] {
        stride(from: 0, to: weights.count, by: max(1, width)).map {
            DoubleVectors.dot(self[row], weights[$0..<$0 + width])
        }
    }
}
