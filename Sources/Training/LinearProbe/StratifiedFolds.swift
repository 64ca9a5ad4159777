/// Folds of a cross-validation in which every class has its share of every fold, without shuffling.
///
/// Source: `StratifiedKFold` of scikit-learn, whose folds these are.
package enum StratifiedFolds {
    /// The fold of each row, from 0.
    ///
    /// Rows of a class are cut into runs in their order; the classes, in the order of their first rows, take turns in which
    /// fold has one row more.
    package static func assign(labels: [Int], foldCount: Int) -> [Int] {
        var order: [Int] = []
        for label in labels where !order.contains(label) { order.append(label) }
        let ranks = Dictionary(uniqueKeysWithValues: zip(order, 0...))
        let classes = labels.map { ranks[$0] ?? 0 }
        let sorted = classes.sorted()
        var folds = [Int](repeating: 0, count: labels.count)
        for own in order.indices {
            let counts = (0..<foldCount).map { fold in
                stride(from: fold, to: sorted.count, by: foldCount).count { sorted[$0] == own }
            }
            let runs = counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
            for (row, fold) in zip(classes.indices.filter { classes[$0] == own }, runs) { folds[row] = fold }
        }
        return folds
    }
}
