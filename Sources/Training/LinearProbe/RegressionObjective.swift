import Foundation
import Kernels

/// The mean objective of a logistic regression, `(1/n) Σ -ln p + λ/2 ‖W‖²`, and what Newton's method needs of it.
struct RegressionObjective {
    let rows: [Int]
    let features: FeatureRows
    let labels: [Int]
    let classCount: Int
    /// λ = 1 / (C n).
    let penalty: Double

    private static let largestSolverStepCount = 400

    /// The objective at one W.
    struct Place {
        var value: Double
        var gradient: [Double]
        /// p, [n, classes].
        var probabilities: [Double]

        /// The largest element of the gradient.
        var steepness: Double { gradient.reduce(0) { max($0, abs($1)) } }
    }

    func place(_ weights: [Double]) -> Place {
        var value = 0.0
        var probabilities: [Double] = []
        var slopes: [Double] = []
        for row in rows {
            let scores = features.scores(ofRow: row, weights: weights)
            let largest = scores.max() ?? 0
            let exponentials = scores.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            value += largest + log(sum) - scores[labels[row]]
            let own = exponentials.map { $0 / sum }
            probabilities += own
            slopes += own
            slopes[slopes.count - classCount + labels[row]] -= 1
        }
        return Place(
            value: value / Double(rows.count) + penalty / 2 * DoubleVectors.dot(weights[...], weights[...]),
            gradient: gradient(ofSlopes: slopes, plus: weights), probabilities: probabilities)
    }

    /// `(1/n) Σ sᵢ xᵢᵀ + λ V` for the rows' slopes s, [n, classes].
    private func gradient(ofSlopes slopes: [Double], plus direction: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: direction.count)
        let share = 1 / Double(rows.count)
        for (place, row) in rows.enumerated() {
            for index in 0..<classCount {
                features.add(
                    row: row, times: share * slopes[place * classCount + index], to: &sums,
                    from: index * features.width)
            }
        }
        DoubleVectors.add(direction[...], times: penalty, to: &sums)
        return sums
    }

    /// The Hessian's product with a direction.
    private func curvature(at place: Place, along direction: [Double]) -> [Double] {
        var slopes: [Double] = []
        slopes.reserveCapacity(place.probabilities.count)
        for (index, row) in rows.enumerated() {
            let changes = features.scores(ofRow: row, weights: direction)
            let own = place.probabilities[index * classCount..<(index + 1) * classCount]
            let mean = zip(own, changes).reduce(0) { $0 + $1.0 * $1.1 }
            slopes += zip(own, changes).map { $0 * ($1 - mean) }
        }
        return gradient(ofSlopes: slopes, plus: direction)
    }

    /// `-H⁻¹ g` by conjugate gradients, the more exactly the smaller g is.
    func newtonDirection(at place: Place) -> [Double] {
        var direction = [Double](repeating: 0, count: place.gradient.count)
        var residual = place.gradient.map(-)
        var search = residual
        var square = DoubleVectors.dot(residual[...], residual[...])
        let norm = square.squareRoot()
        let goal = min(0.1, norm.squareRoot()) * norm
        for _ in 0..<Self.largestSolverStepCount where square.squareRoot() > goal {
            let image = curvature(at: place, along: search)
            let length = square / DoubleVectors.dot(search[...], image[...])
            DoubleVectors.add(search[...], times: length, to: &direction)
            DoubleVectors.add(image[...], times: -length, to: &residual)
            let next = DoubleVectors.dot(residual[...], residual[...])
            var turned = residual
            DoubleVectors.add(search[...], times: next / square, to: &turned)
            search = turned
            square = next
        }
        return direction
    }

    /// A step along a direction, halved until it lowers the value enough; nil when rounding leaves none.
    func descend(
        from weights: [Double], _ place: Place, along direction: [Double]
    ) -> ([Double], Place)? {
        let slope = DoubleVectors.dot(place.gradient[...], direction[...])
        var length = 1.0
        while length > 1e-10 {
            var candidate = weights
            DoubleVectors.add(direction[...], times: length, to: &candidate)
            let next = self.place(candidate)
            if next.value <= place.value + 1e-4 * length * slope { return (candidate, next) }
            length /= 2
        }
        return nil
    }
}
