/// Multinomial logistic regression without intercept: the W, [classes, width], that makes
/// `C Σᵢ -ln softmax(W xᵢ)[yᵢ] + ½ ‖W‖²` smallest.
///
/// The function is strictly convex, so there is one such W; Newton's method finds it, each step by conjugate gradients
/// (Nocedal and Wright 2006, algorithm 7.1). All arithmetic is in double precision and in a fixed order.
package struct MultinomialRegression {
    /// W, class after class.
    package private(set) var weights: [Double]
    /// The number of classes.
    package let classCount: Int

    /// Largest element of the mean gradient at which W counts as found.
    private static let gradientTolerance = 1e-8
    private static let largestStepCount = 200

    /// Fits W to some rows of the features.
    ///
    /// - Parameters:
    ///   - rows: The rows to fit to, at least one.
    ///   - features: All features.
    ///   - labels: The class of every row of the features, from 0.
    ///   - classCount: The number of classes.
    ///   - inverseStrength: C, positive.
    ///   - start: A W to start from; 0 when nil.
    package init(
        rows: [Int], of features: FeatureRows, labels: [Int], classCount: Int, inverseStrength: Double,
        start: [Double]? = nil
    ) {
        self.classCount = classCount
        weights = start ?? [Double](repeating: 0, count: classCount * features.width)
        let objective = RegressionObjective(
            rows: rows, features: features, labels: labels, classCount: classCount,
            penalty: 1 / (inverseStrength * Double(rows.count)))
        var place = objective.place(weights)
        for _ in 0..<Self.largestStepCount where place.steepness > Self.gradientTolerance {
            let direction = objective.newtonDirection(at: place)
            guard let next = objective.descend(from: weights, place, along: direction) else { break }
            (weights, place) = next
        }
    }

    /// The class with the highest score for a row, the first of equals.
    package func prediction(for row: Int, of features: FeatureRows) -> Int {
        let scores = features.scores(ofRow: row, weights: weights)
        return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }
}
