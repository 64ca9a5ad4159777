import Glibc

/// The distribution of a symmetric statistic by Edgeworth's expansion: the normal one with a correction of kurtosis.
///
/// `F(x) = Phi(z) - phi(z) (kappa_4 / sigma^4) (z^3 - 3z) / 24` with `z = (x - mean) / sigma`; the skewness is taken as 0
/// (Kolassa 2006, Series Approximation Methods in Statistics, chapter 3).
struct EdgeworthExpansion: Sendable, Hashable {
    let mean: Double
    /// Above 0.
    let variance: Double
    /// The fourth cumulant, 0 for a normal distribution.
    let fourthCumulant: Double

    /// P(X <= x), within 0...1.
    func cumulative(_ x: Double) -> Double {
        let z = (x - mean) / variance.squareRoot()
        let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
        let correction = density * fourthCumulant / (variance * variance) * (z * z * z - 3 * z) / 24
        return min(max(standardNormalCumulative(z) - correction, 0), 1)
    }
}
