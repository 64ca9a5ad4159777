/// Spearman's rank correlation of two equally long lists, ties by their mean rank.
///
/// Nil for fewer than two values, for lists of different length, and when one list has all values equal.
package func spearmanCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count == second.count, first.count > 1 else { return nil }
    return pearsonCorrelation(ranks(of: first), ranks(of: second))
}

/// The two-sided p-value of a rank correlation of `count` pairs, from Student's t with `count - 2` degrees of freedom.
///
/// An approximation that is good from about 10 pairs; 1 for fewer than three, where nothing can be said.
package func spearmanPValue(_ correlation: Double, count: Int) -> Double {
    guard count > 2 else { return 1 }
    let degrees = Double(count - 2)
    let rest = 1 - correlation * correlation
    guard rest > 0 else { return 0 }
    return 2 * studentCumulative(-abs(correlation) * (degrees / rest).squareRoot(), degrees: degrees)
}

/// The ranks of values from 1, equal values sharing the mean of their places.
package func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start
        while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
        for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
        start = end + 1
    }
    return ranks
}

private func pearsonCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
    guard let firstMean = mean(of: first), let secondMean = mean(of: second) else { return nil }
    var products = 0.0
    var firstSquares = 0.0
    var secondSquares = 0.0
    for (a, b) in zip(first, second) {
        products += (a - firstMean) * (b - secondMean)
        firstSquares += (a - firstMean) * (a - firstMean)
        secondSquares += (b - secondMean) * (b - secondMean)
    }
    let scale = (firstSquares * secondSquares).squareRoot()
    return scale > 0 ? min(max(products / scale, -1), 1) : nil
}
