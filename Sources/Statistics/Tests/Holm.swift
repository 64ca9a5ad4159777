/// P-values of several tests, raised so that comparing each with one level keeps the chance of any false alarm below it.
///
/// Holm (1979): with the p-values sorted, the r-th smallest of K becomes `max over q <= r of (K - q + 1) p_(q)`, at most
/// 1. It holds whatever the dependence between the tests. The result is in the order of the input.
package func holmAdjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in order.enumerated() {
        largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
        adjusted[index] = largest
    }
    return adjusted
}
