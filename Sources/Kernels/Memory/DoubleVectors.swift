import CKernels

/// Vectors in double precision, for the small problems that are solved beside a model.
///
/// Determinism class: the same bits on every instruction set.
package enum DoubleVectors {
    /// The dot product of two vectors of one length.
    package static func dot(_ first: ArraySlice<Double>, _ second: ArraySlice<Double>) -> Double {
        precondition(first.count == second.count)
        return first.withUnsafeBufferPointer { dot($0, second) }
    }

    /// The dot product of a vector in memory and one of its length.
    package static func dot(_ first: UnsafeBufferPointer<Double>, _ second: ArraySlice<Double>) -> Double {
        precondition(first.count == second.count)
        return second.withUnsafeBufferPointer { second in
            guard let left = first.baseAddress, let right = second.baseAddress else { return 0 }
            return ck_double_dot(left, right, first.count)
        }
    }

    /// Adds `factor` times a vector to as many elements of `sums`, from `start` on.
    package static func add(
        _ vector: ArraySlice<Double>, times factor: Double, to sums: inout [Double], from start: Int = 0
    ) {
        vector.withUnsafeBufferPointer { add($0, times: factor, to: &sums, from: start) }
    }

    /// Adds `factor` times a vector in memory to as many elements of `sums`, from `start` on.
    package static func add(
        _ vector: UnsafeBufferPointer<Double>, times factor: Double, to sums: inout [Double],
        from start: Int = 0
    ) {
        precondition(start >= 0 && start + vector.count <= sums.count)
        sums.withUnsafeMutableBufferPointer { sums in
            guard let from = vector.baseAddress, let to = sums.baseAddress else { return }
            ck_double_add_scaled(factor, from, to + start, vector.count)
        }
    }
}
