/// The two-sided p-value of Student's t test that the mean behind the values is 0; nil for fewer than two values.
///
/// It assumes that the values are independent and near normal. Where nothing varies but for rounding it is 1 for zeros and
/// nil otherwise: two equal values do not show that a third would be equal too.
package func studentMeanPValue(of values: [Double]) -> Double? {
    guard let center = mean(of: values), let deviation = standardDeviation(of: values) else { return nil }
    let size = values.reduce(0) { max($0, abs($1)) }
    guard deviation > 1e-12 * size else { return size == 0 ? 1 : nil }
    let statistic = center * Double(values.count).squareRoot() / deviation
    return 2 * studentCumulative(-abs(statistic), degrees: Double(values.count - 1))
}

/// The one-sided p-value of Student's t test that the mean behind the values is at least 0: small when it is below.
///
/// Nil where ``studentMeanPValue(of:)`` is.
package func studentPValueBelow(_ values: [Double]) -> Double? {
    guard let twoSided = studentMeanPValue(of: values), let center = mean(of: values) else { return nil }
    return center < 0 ? twoSided / 2 : 1 - twoSided / 2
}
