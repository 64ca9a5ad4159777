/// Spearman's rank correlation of two equally long lists, ties by their mean rank.
///
/// Nil for fewer than two values, for lists of different length, and when one list has all values equal.
package func spearmanCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count == second.count, first.count > 1 else { return nil }
    return pearsonCorrelation(ranks(of: first), ranks(of: second))
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
