/// The two-sided p-value of Student's t test that the mean behind the values is 0; nil for fewer than two values.
///
/// It assumes that the values are independent and near normal. Where nothing varies it is 1 for zeros and 0 otherwise.
package func studentMeanPValue(of values: [Double]) -> Double? {
    guard let center = mean(of: values), let deviation = standardDeviation(of: values) else { return nil }
    guard deviation > 0 else { return center == 0 ? 1 : 0 }
    let statistic = center * Double(values.count).squareRoot() / deviation
    return 2 * studentCumulative(-abs(statistic), degrees: Double(values.count - 1))
}
