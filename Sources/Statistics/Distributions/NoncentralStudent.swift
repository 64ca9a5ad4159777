import Glibc

/// P(T <= x) for Student's t with `degrees` degrees of freedom, shifted by `noncentrality`: what a t statistic follows
/// when the effect is there.
///
/// Lenth's series (1989, algorithm AS 243), summed over the terms that matter. Absolute error below 1e-12 for a
/// noncentrality up to 40; beyond it the normal approximation of Jennett and Welch (1939), since the series would have too
/// many terms and the answer is 0 or 1 for all that it is used for.
package func noncentralStudentCumulative(_ x: Double, degrees: Double, noncentrality: Double) -> Double {
    if x < 0 { return 1 - noncentralStudentCumulative(-x, degrees: degrees, noncentrality: -noncentrality) }
    let tail = standardNormalCumulative(-noncentrality)
    if x == 0 { return tail }
    if noncentrality == 0 { return studentCumulative(x, degrees: degrees) }
    guard abs(noncentrality) <= 40 else {
        let scale = (1 + x * x / (2 * degrees)).squareRoot()
        return standardNormalCumulative((x * (1 - 1 / (4 * degrees)) - noncentrality) / scale)
    }
    let share = x * x / (x * x + degrees)
    let rate = noncentrality * noncentrality / 2
    // Poisson weights of this rate are below 1e-20 outside ten deviations and a margin.
    let reach = 10 * rate.squareRoot() + 60
    let first = max(0, Int(rate - reach))
    let last = Int(rate + reach)
    var sum = 0.0
    for term in first...last {
        let j = Double(term)
        let even = exp(j * log(rate) - rate - logarithmOfGamma(j + 1))
        let odd = exp((j + 0.5) * log(rate) - rate - logarithmOfGamma(j + 1.5))
        sum += even * regularizedIncompleteBeta(share, a: j + 0.5, b: degrees / 2)
        let signedOdd = noncentrality < 0 ? -odd : odd
        sum += signedOdd * regularizedIncompleteBeta(share, a: j + 1, b: degrees / 2)
    }
    return min(1, max(0, tail + sum / 2))
}
