import CKernels
package import RandomStreams

/// A 16-bit format in which numbers are stored; arithmetic on them is float32.
package enum HalfFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// The upper half of binary32: 8 bits of exponent, 7 of fraction.
    case bfloat16
    /// IEEE 754 binary16: 5 bits of exponent, 10 of fraction, largest value 65504.
    case float16

    var kernelCode: ck_half_format {
        switch self {
        case .bfloat16: CK_BFLOAT16
        case .float16: CK_FLOAT16
        }
    }
}

/// How a float32 that a 16-bit format cannot hold becomes one of its two neighbours there.
package enum HalfRounding: Sendable, Hashable {
    /// The nearer one, on a tie the even one.
    case nearest
    /// Either one, so that the expected value is exact (Gupta et al. 2015, section 3), drawn from a stream.
    ///
    /// The probability has 16 bits: exact for bfloat16 and for float16 from 2⁻¹⁷ on; below that it is cut to a multiple
    /// of 2⁻¹⁶.
    case stochastic(RoundingStream)

    func narrowing(to format: HalfFormat) -> ck_half_narrowing {
        switch self {
        case .nearest: ck_half_narrowing(format: format.kernelCode, rounding: CK_ROUND_NEAREST, key: 0)
        case .stochastic(let stream):
            ck_half_narrowing(format: format.kernelCode, rounding: CK_ROUND_STOCHASTIC, key: stream.key)
        }
    }
}
