/// A step's losses or projected gradient were not finite; the parameters were restored and not updated.
package struct Diverged: Error, Hashable, CustomStringConvertible {
    /// The step's number, from 1.
    package let step: Int
    /// L(θ + ε z).
    package let lossPlus: Float
    /// L(θ - ε z).
    package let lossMinus: Float

    /// A divergence from all its values.
    package init(step: Int, lossPlus: Float, lossMinus: Float) {
        self.step = step
        self.lossPlus = lossPlus
        self.lossMinus = lossMinus
    }

    package var description: String {
        """
        training diverged in step \(step): the losses were \(lossPlus) and \(lossMinus), and both and their \
        scaled difference must be finite; try a smaller learning rate
        """
    }
}
