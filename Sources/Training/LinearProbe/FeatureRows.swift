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

    /// The dot product of a row with as many elements of `vector`, summed in eight fixed lanes.
    func product(row: Int, _ vector: [Double], from start: Int) -> Double {
        values.withUnsafeBufferPointer { values in
            vector.withUnsafeBufferPointer { vector in
                let base = row * width
                var lanes = SIMD8<Double>()
                var index = 0
                while index + 8 <= width {
                    var left = SIMD8<Double>()
                    var right = SIMD8<Double>()
                    for lane in 0..<8 {
                        left[lane] = values[base + index + lane]
                        right[lane] = vector[start + index + lane]
                    }
                    lanes += left * right
                    index += 8
                }
                var sum = lanes.sum()
                while index < width {
                    sum += values[base + index] * vector[start + index]
                    index += 1
                }
                return sum
            }
        }
    }

    /// Adds a row times `factor` to as many elements of `vector`.
    func add(row: Int, times factor: Double, to vector: inout [Double], from start: Int) {
        values.withUnsafeBufferPointer { values in
            vector.withUnsafeMutableBufferPointer { vector in
                for index in 0..<width { vector[start + index] += factor * values[row * width + index] }
            }
        }
    }
}
