import CKernels

/// Conversion between float32 and 16-bit storage, on the calling thread.
///
/// Determinism class: the same bits on every instruction set, however a run of elements is cut into calls.
package enum HalfPrecision {
    /// `values[j] = stored[j]`, exactly; a signalling NaN of float16 becomes quiet.
    package static func widen(
        _ stored: UnsafePointer<UInt16>, from format: HalfFormat, into values: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        ck_half_widen(stored, values, count, format.kernelCode)
    }

    /// `stored[j]` is `values[j]` rounded; NaN stays NaN, what is too large becomes infinity.
    ///
    /// - Parameters:
    ///   - values: `count` numbers.
    ///   - format: The format to round to.
    ///   - rounding: How to round.
    ///   - stored: `count` elements, overwritten.
    ///   - count: How many elements.
    ///   - firstIndex: Global index of the first element; it picks the bits of stochastic rounding.
    package static func narrow(
        _ values: UnsafePointer<Float>, to format: HalfFormat, rounding: HalfRounding = .nearest,
        into stored: UnsafeMutablePointer<UInt16>, count: Int, firstIndex: UInt64 = 0
    ) {
        ck_half_narrow(values, stored, count, firstIndex, rounding.narrowing(to: format))
    }
}
