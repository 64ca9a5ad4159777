import Glibc

/// Two independent standard normal draws from two random words (Box and Muller 1958), in float32.
///
/// Only operations that IEEE 754 rounds in one way, in a fixed order: the vector kernels do the same ones and
/// give the same bits. Errors of the logarithm, sine and cosine are a few units in the last place.
package enum BoxMuller {
    /// The draws, as cosine and sine of the angle times the radius; their magnitude is below 6.67.
    package static func draws(radiusWord: UInt32, angleWord: UInt32) -> (cosine: Float, sine: Float) {
        // The angle's top bit is a half turn, which negates both results.
        let isHalfTurned = angleWord & 0x8000_0000 != 0
        let length = radius(radiusWord)
        let signed = isHalfTurned ? -length : length
        // The other 31 bits, as a signed number, are an angle f within a quarter turn on either side.
        let f = Float(Int32(bitPattern: angleWord << 1)) * 0x1p-31
        let square = f * f
        let sine = polynomial(square, sineCoefficients)
        let cosine = polynomial(square, cosineCoefficients)
        return ((signed * fmaf(-f, f, 1)) * cosine, (signed * f) * sine)
    }

    /// `sqrt(-2 log u)` for `u` uniform in (0, 1] with least value 2^-32.
    private static func radius(_ word: UInt32) -> Float {
        let scaled = Float(Int32(bitPattern: word >> 1)) + 0.5
        // u = 2^exponent · (1 + t) with 1 + t between sqrt(1/2) and sqrt(2).
        let offset = Int32(bitPattern: scaled.bitPattern) &- (sqrtHalfBits + (31 << 23))
        let exponent = Float(offset >> 23)
        let t = Float(bitPattern: UInt32(bitPattern: (offset & 0x7f_ffff) + sqrtHalfBits)) - 1
        let minusTwoLog = t * polynomial(t, logarithmCoefficients)
        return fmaf(exponent, -0x1.62e43p+0, minusTwoLog).squareRoot()
    }

    /// Horner's rule, fused.
    private static func polynomial(_ x: Float, _ highestFirst: [Float]) -> Float {
        highestFirst.dropFirst().reduce(highestFirst[0]) { sum, next in fmaf(sum, x, next) }
    }

    private static let sqrtHalfBits: Int32 = 0x3f35_04f3
    /// `-2 log(1 + t) / t` in t, relative error 1.8e-7.
    private static let logarithmCoefficients: [Float] = [
        0x1.9cf95ap-3, -0x1.4b6068p-2, 0x1.612428p-2, -0x1.97b166p-2, 0x1.ff6928p-2, -0x1.5558f4p-1,
        0x1.00006cp+0, -2,
    ]
    /// `sin(πf/2) / f` in f², relative error 5e-9.
    private static let sineCoefficients: [Float] = [
        0x1.3daff6p-13, -0x1.324ccap-8, 0x1.4668b0p-4, -0x1.4abbc2p-1, 0x1.921fb6p+0,
    ]
    /// `cos(πf/2) / (1 - f²)` in f², relative error 2.1e-7.
    private static let cosineCoefficients: [Float] = [
        -0x1.bb5d2ep-11, 0x1.46aa54p-6, -0x1.de9b12p-3, 0x1.fffffap-1,
    ]
}
