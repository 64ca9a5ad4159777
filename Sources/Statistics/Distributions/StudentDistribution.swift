/// P(T <= x) for Student's t with `degrees` degrees of freedom (more than 0).
package func studentCumulative(_ x: Double, degrees: Double) -> Double {
    let tail = regularizedIncompleteBeta(degrees / (degrees + x * x), a: degrees / 2, b: 0.5) / 2
    return x > 0 ? 1 - tail : tail
}

/// The `x` with P(T <= x) = `probability` for Student's t with `degrees` degrees of freedom; infinite at 0 and 1.
package func studentQuantile(_ probability: Double, degrees: Double) -> Double {
    if probability <= 0 { return -.infinity }
    if probability >= 1 { return .infinity }
    if probability > 0.5 { return -studentQuantile(1 - probability, degrees: degrees) }
    if probability == 0.5 { return 0 }
    var far = -1.0
    while studentCumulative(far, degrees: degrees) > probability { far *= 2 }
    return bisect(from: far, to: 0) { studentCumulative($0, degrees: degrees) >= probability }
}

/// The interval of Student's t for the mean behind the values; nil for fewer than two.
///
/// It assumes that the values are independent and near normal, which a label beside it must say.
package func studentMeanInterval(of values: [Double], confidence: Double = 0.95) -> Interval? {
    guard let center = mean(of: values), let deviation = standardDeviation(of: values) else { return nil }
    let quantile = studentQuantile(1 - (1 - confidence) / 2, degrees: Double(values.count - 1))
    let halfWidth = quantile * deviation / Double(values.count).squareRoot()
    return Interval(lower: center - halfWidth, upper: center + halfWidth, coverage: confidence)
}
