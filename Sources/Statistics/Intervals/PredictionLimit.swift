/// The median of the absolute distances from the median, times 1.4826, so that it estimates the standard deviation of
/// normal values and is not moved by a few wild ones; nil without values.
package func robustDeviation(of values: [Double]) -> Double? {
    guard let center = median(of: values) else { return nil }
    // 1 / the 75 % quantile of the standard normal.
    return median(of: values.map { abs($0 - center) }).map { $0 / standardNormalQuantile(0.75) }
}

/// The value that the next measurement exceeds with at most the chance `significance`, if it is like those before.
///
/// `median + t_{1 - significance, n - 1} * robust deviation * sqrt(1 + 1/n)`; nil for fewer than two values. It assumes
/// that the values are independent, near normal but for a few, and that nothing changed among them.
package func upperPredictionLimit(of values: [Double], significance: Double) -> Double? {
    guard values.count > 1, let center = median(of: values), let deviation = robustDeviation(of: values)
    else {
        return nil
    }
    let count = Double(values.count)
    let quantile = studentQuantile(1 - significance, degrees: count - 1)
    return center + quantile * deviation * (1 + 1 / count).squareRoot()
}
