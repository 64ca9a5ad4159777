package import Kernels

/// What the storage of parameters kept of the updates of a trial.
///
/// A 16-bit parameter that is told to change by less than half a unit in its last place does not change at all: the
/// update is lost. Counts are over elements times steps.
package struct UpdateLoss: Sendable, Hashable, Codable {
    /// Element updates that were told to change something.
    package var updateCount: Int
    /// Those after which the stored bits were the same as before.
    package var lostCount: Int
    /// Sum of squares of the changes that were told.
    package var intendedSumOfSquares: Double
    /// Sum of squares of the differences between the change told and the change that was stored.
    package var errorSumOfSquares: Double

    /// A loss from all its values.
    package init(
        updateCount: Int = 0, lostCount: Int = 0, intendedSumOfSquares: Double = 0,
        errorSumOfSquares: Double = 0
    ) {
        self.updateCount = updateCount
        self.lostCount = lostCount
        self.intendedSumOfSquares = intendedSumOfSquares
        self.errorSumOfSquares = errorSumOfSquares
    }

    /// Adds one update `θ += scale · z`.
    package mutating func add(_ tally: UpdateTally, scale: Float) {
        updateCount += tally.toldCount
        lostCount += tally.lostCount
        intendedSumOfSquares += tally.intendedSumOfSquares(scale: scale)
        errorSumOfSquares += tally.errorSumOfSquares(scale: scale)
    }

    /// The share of updates that changed nothing, in 0...1.
    package var lostShare: Double { updateCount == 0 ? 0 : Double(lostCount) / Double(updateCount) }

    /// The root mean square of the errors over that of the updates; 0 is exact, 1 as bad as doing nothing.
    package var relativeError: Double {
        intendedSumOfSquares == 0 ? 0 : (errorSumOfSquares / intendedSumOfSquares).squareRoot()
    }
}
