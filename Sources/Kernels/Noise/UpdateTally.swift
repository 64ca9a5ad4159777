import CKernels

/// What 16-bit storage kept of one update `θ += scale · z`, or of a part of its elements.
///
/// Counts and sums are exact for up to 2³³ elements, so parts may be added in any order: the kernels round each square
/// to a multiple of a fixed unit first.
package struct UpdateTally: Sendable, Hashable {
    /// Elements with an update other than 0.
    package private(set) var toldCount = 0
    /// Those of them whose stored bits stayed as they were.
    package private(set) var lostCount = 0
    private var noiseSquares = 0.0
    private var highErrorSquares = 0.0
    private var lowErrorSquares = 0.0

    /// Nothing yet.
    package init() {}

    init(_ tally: ck_update_tally) {
        toldCount = Int(tally.told)
        lostCount = Int(tally.lost)
        noiseSquares = tally.noise_squares
        highErrorSquares = tally.high_error_squares
        lowErrorSquares = tally.low_error_squares
    }

    /// Adds another part of the same update.
    package mutating func add(_ other: UpdateTally) {
        toldCount += other.toldCount
        lostCount += other.lostCount
        noiseSquares += other.noiseSquares
        highErrorSquares += other.highErrorSquares
        lowErrorSquares += other.lowErrorSquares
    }

    /// Sum of the squares of the changes that were told, of the update with this scale.
    package func intendedSumOfSquares(scale: Float) -> Double {
        noiseSquares * Double(scale) * Double(scale)
    }

    /// Sum of the squares of the differences between the change told and the change stored.
    package func errorSumOfSquares(scale: Float) -> Double {
        (highErrorSquares + lowErrorSquares) * Double(scale) * Double(scale)
    }
}
