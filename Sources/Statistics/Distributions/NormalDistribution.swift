import Glibc

/// P(Z <= x) for a standard normal Z.
package func standardNormalCumulative(_ x: Double) -> Double {
    erfc(-x / 2.0.squareRoot()) / 2
}

/// The `x` with P(Z <= x) = `probability` for a standard normal Z; infinite at 0 and 1.
package func standardNormalQuantile(_ probability: Double) -> Double {
    if probability <= 0 { return -.infinity }
    if probability >= 1 { return .infinity }
    // The lower tail keeps its relative precision in erfc, so the upper half is its mirror image.
    if probability > 0.5 { return -standardNormalQuantile(1 - probability) }
    return bisect(from: -40, to: 0) { standardNormalCumulative($0) >= probability }
}
