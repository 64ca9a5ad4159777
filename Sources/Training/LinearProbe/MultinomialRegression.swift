import Foundation
import Kernels

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
    private static let gradientTolerance = 1e-9
    private static let largestStepCount = 200
    private static let largestSolverStepCount = 400

    /// Fits W to some rows of the features.
    ///
    /// - Parameters:
    ///   - rows: The rows to fit to, at least one.
    ///   - features: All features.
    ///   - labels: The class of every row of the features, from 0.
    ///   - inverseStrength: C, positive.
    ///   - start: A W to start from; 0 when nil.
    package init(
        rows: [Int], of features: FeatureRows, labels: [Int], classCount: Int, inverseStrength: Double,
        start: [Double]? = nil
    ) {
        self.classCount = classCount
        weights = start ?? [Double](repeating: 0, count: classCount * features.width)
        let problem = Problem(
            rows: rows, features: features, labels: labels, classCount: classCount,
            penalty: 1 / (inverseStrength * Double(rows.count)))
        var state = problem.state(weights)
        for _ in 0..<Self.largestStepCount where state.steepness > Self.gradientTolerance {
            let direction = problem.newtonDirection(state, stepLimit: Self.largestSolverStepCount)
            guard let next = problem.descend(from: weights, state, along: direction) else { break }
            (weights, state) = next
        }
    }

    /// The class with the highest score for a row, the first of equals.
    package func prediction(for row: Int, of features: FeatureRows) -> Int {
        let scores = (0..<classCount).map { features.product(row: row, weights, from: $0 * features.width) }
        return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }
}

/// The mean objective and what Newton's method needs of it.
private struct Problem {
    let rows: [Int]
    let features: FeatureRows
    let labels: [Int]
    let classCount: Int
    /// λ = 1 / (C n) of the mean objective `(1/n) Σ -ln p + λ/2 ‖W‖²`.
    let penalty: Double

    struct State {
        var value: Double
        var gradient: [Double]
        /// p of each row and class.
        var probabilities: [Double]

        var steepness: Double { gradient.reduce(0) { max($0, abs($1)) } }
    }

    func state(_ weights: [Double]) -> State {
        var value = 0.0
        var probabilities = [Double](repeating: 0, count: rows.count * classCount)
        var slopes = probabilities
        for (place, row) in rows.enumerated() {
            let own = place * classCount..<(place + 1) * classCount
            let scores = (0..<classCount).map {
                features.product(row: row, weights, from: $0 * features.width)
            }
            let largest = scores.max() ?? 0
            let exponentials = scores.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            value += largest + log(sum) - scores[labels[row]]
            for (index, exponential) in zip(own, exponentials) {
                probabilities[index] = exponential / sum
                slopes[index] = exponential / sum
            }
            slopes[own.lowerBound + labels[row]] -= 1
        }
        return State(
            value: value / Double(rows.count) + penalty / 2 * dot(weights, weights),
            gradient: pulledBack(slopes, plus: weights), probabilities: probabilities)
    }

    /// `(1/n) Σ sᵢ xᵢᵀ + λ V` for the rows' slopes s, [n, classes].
    private func pulledBack(_ slopes: [Double], plus direction: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: direction.count)
        for (place, row) in rows.enumerated() {
            for index in 0..<classCount {
                features.add(
                    row: row, times: slopes[place * classCount + index], to: &sums,
                    from: index * features.width)
            }
        }
        let share = 1 / Double(rows.count)
        return zip(sums, direction).map { share * $0 + penalty * $1 }
    }

    /// The Hessian's product with a direction.
    private func curvature(_ state: State, along direction: [Double]) -> [Double] {
        var slopes = [Double](repeating: 0, count: rows.count * classCount)
        for (place, row) in rows.enumerated() {
            let start = place * classCount
            let changes = (0..<classCount).map {
                features.product(row: row, direction, from: $0 * features.width)
            }
            let mean = changes.indices.reduce(0) { $0 + state.probabilities[start + $1] * changes[$1] }
            for index in changes.indices {
                slopes[start + index] = state.probabilities[start + index] * (changes[index] - mean)
            }
        }
        return pulledBack(slopes, plus: direction)
    }

    /// `-H⁻¹ g` by conjugate gradients, as exactly as the gradient is still large.
    func newtonDirection(_ state: State, stepLimit: Int) -> [Double] {
        var direction = [Double](repeating: 0, count: state.gradient.count)
        var residual = state.gradient.map(-)
        var search = residual
        var square = dot(residual, residual)
        let norm = square.squareRoot()
        let goal = min(0.1, norm.squareRoot()) * norm
        for _ in 0..<stepLimit where square.squareRoot() > goal {
            let image = curvature(state, along: search)
            let length = square / dot(search, image)
            for index in direction.indices {
                direction[index] += length * search[index]
                residual[index] -= length * image[index]
            }
            let next = dot(residual, residual)
            let share = next / square
            for index in search.indices { search[index] = residual[index] + share * search[index] }
            square = next
        }
        return direction
    }

    /// A step along a direction, halved until it lowers the value enough; nil when rounding leaves none.
    func descend(
        from weights: [Double], _ state: State, along direction: [Double]
    ) -> ([Double], State)? {
        let slope = dot(state.gradient, direction)
        var length = 1.0
        while length > 1e-10 {
            let candidate = zip(weights, direction).map { $0 + length * $1 }
            let next = self.state(candidate)
            if next.value <= state.value + 1e-4 * length * slope { return (candidate, next) }
            length /= 2
        }
        return nil
    }

    private func dot(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
