import Foundation
package import Kernels

/// A linear probe: logistic regression on what the head reads, whose strength of regularisation cross-validation chooses.
///
/// Source: `linear_probing` in `trainer.py` of MeZO's large-model code, which calls scikit-learn's `LogisticRegressionCV`
/// with no intercept: ten strengths from 1e-4 to 1e4, five stratified folds without shuffling, the smallest of those with
/// the highest mean accuracy, and a last fit to all rows.
package struct LinearProbe {
    /// C, the inverse of the strength that was chosen.
    package let inverseStrength: Double
    /// The mean accuracy at it over the folds.
    package let crossValidatedAccuracy: Double
    /// One row a class, in the order of the classes: the fitted weights, or half of them where there are two classes, as
    /// the published code writes them to the head.
    package let headRows: [[Float]]

    static let foldCount = 5
    static let inverseStrengths = (0..<10).map { pow(10, -4 + Double($0) * 8 / 9) }

    /// Fits a probe.
    ///
    /// - Parameters:
    ///   - features: What the head reads, one row a scored token.
    ///   - labels: The class of each row, from 0; every class occurs.
    ///   - team: Folds are fitted in parallel; the result does not depend on it.
    package init(features: FeatureRows, labels: [Int], classCount: Int, team: ThreadTeam) {
        let folds = StratifiedFolds.assign(labels: labels, foldCount: Self.foldCount)
        let accuracies = Self.accuracies(
            features, labels: labels, classCount: classCount, folds: folds, team: team)
        let best = accuracies.indices.reduce(0) { accuracies[$1] > accuracies[$0] ? $1 : $0 }
        inverseStrength = Self.inverseStrengths[best]
        crossValidatedAccuracy = accuracies[best]
        let fit = MultinomialRegression(
            rows: Array(0..<features.count), of: features, labels: labels, classCount: classCount,
            inverseStrength: inverseStrength)
        let scale = classCount == 2 ? 0.5 : 1
        headRows = (0..<classCount).map { index in
            fit.weights[index * features.width..<(index + 1) * features.width].map { Float(scale * $0) }
        }
    }

    /// The mean accuracy over the folds, for each strength.
    private static func accuracies(
        _ features: FeatureRows, labels: [Int], classCount: Int, folds: [Int], team: ThreadTeam
    ) -> [Double] {
        var table = [Double](repeating: 0, count: foldCount * inverseStrengths.count)
        table.withUnsafeMutableBufferPointer { table in
            team.forEachChunk(of: foldCount) { fold in
                let rows = folds.indices.filter { folds[$0] != fold }
                let left = folds.indices.filter { folds[$0] == fold }
                var start: [Double]?
                for (place, inverseStrength) in inverseStrengths.enumerated() {
                    let fit = MultinomialRegression(
                        rows: rows, of: features, labels: labels, classCount: classCount,
                        inverseStrength: inverseStrength, start: start)
                    start = fit.weights
                    let right = left.count { fit.prediction(for: $0, of: features) == labels[$0] }
                    table[fold * inverseStrengths.count + place] =
                        Double(right) / Double(max(1, left.count))
                }
            }
        }
        return inverseStrengths.indices.map { place in
            (0..<foldCount).reduce(0) { $0 + table[$1 * inverseStrengths.count + place] } / Double(foldCount)
        }
    }
}
