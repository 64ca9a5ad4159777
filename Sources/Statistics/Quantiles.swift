/// The value below which the share `probability` of the values lies, or nil when there are none.
///
/// Linear interpolation between order statistics at `probability * (n - 1)` (Hyndman and Fan 1996, type 7), the
/// default of NumPy and R.
///
/// - Parameter probability: In 0...1; values outside are taken as the nearer end.
package func quantile(_ probability: Double, of values: [Double]) -> Double? {
    values.isEmpty ? nil : quantileOfSorted(probability, values.sorted())
}

/// The same of values that are sorted already and not empty.
func quantileOfSorted(_ probability: Double, _ sorted: [Double]) -> Double {
    let position = min(max(probability, 0), 1) * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}

/// The middle value, the mean of the two middle ones for an even count, or nil when there are none.
package func median(of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    return medianOfSorted(values.sorted())
}

/// The median of values that are sorted already and not empty.
func medianOfSorted(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

/// The arithmetic mean, or nil when there are no values; summed in the given order.
package func mean(of values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// The sample standard deviation (divisor `n - 1`), or nil for fewer than two values.
package func standardDeviation(of values: [Double]) -> Double? {
    guard values.count > 1, let center = mean(of: values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / Double(values.count - 1)).squareRoot()
}
