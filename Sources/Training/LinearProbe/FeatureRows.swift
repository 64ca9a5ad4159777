package import Kernels

/// Features in double precision, one row an example; counted as workspace.
package struct FeatureRows {
    /// Features of a row.
    package let width: Int
    /// Rows.
    package let count: Int
    private let values: AlignedBuffer<Double>

    /// Rows of zeros.
    ///
    /// - Throws: `OutOfMemory` when the system refuses.
    init(count: Int, width: Int) throws(OutOfMemory) {
        self.width = width
        self.count = count
        values = try AlignedBuffer(count: count * width, purpose: .workspace)
    }

    /// The rows of `rows`, which all have the same length.
    ///
    /// - Throws: `OutOfMemory` when the system refuses.
    package init(_ rows: [[Float]]) throws(OutOfMemory) {
        try self.init(count: rows.count, width: rows.first?.count ?? 0)
        fill(with: rows, from: 0)
    }

    /// Writes some rows over those from `start` on.
    func fill(with rows: [[Float]], from start: Int) {
        for (row, features) in zip(start..., rows) {
            precondition(row < count && features.count == width)
            for (index, value) in features.enumerated() { values.base[row * width + index] = Double(value) }
        }
    }

    /// The scores of a row under weights of several classes, [classes, width].
    func scores(ofRow row: Int, weights: [Double]) -> [Double] {
        stride(from: 0, to: weights.count, by: max(1, width)).map {
            DoubleVectors.dot(elements(ofRow: row), weights[$0..<$0 + width])
        }
    }

    /// Adds `factor` times a row to as many elements of `sums`, from `start` on.
    func add(row: Int, times factor: Double, to sums: inout [Double], from start: Int) {
        DoubleVectors.add(elements(ofRow: row), times: factor, to: &sums, from: start)
    }

    private func elements(ofRow row: Int) -> UnsafeBufferPointer<Double> {
        precondition((0..<count).contains(row))
        return UnsafeBufferPointer(start: values.base + row * width, count: width)
    }
}
