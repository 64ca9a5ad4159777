/// How far the parameters moved from where they were by perturbing and restoring them once, without an update.
package struct RestoreDrift: Sendable, Hashable, Codable {
    /// The largest absolute change of an element.
    package var maximumAbsolute: Double
    /// The root mean square of the changes.
    package var rootMeanSquare: Double
    /// The share of elements whose bits changed.
    package var changedShare: Double

    /// A drift from all its values.
    package init(maximumAbsolute: Double, rootMeanSquare: Double, changedShare: Double) {
        self.maximumAbsolute = maximumAbsolute
        self.rootMeanSquare = rootMeanSquare
        self.changedShare = changedShare
    }
}
