/// What an axis measures and how it is divided.
package struct Axis: Sendable, Hashable {
    /// How values are spread.
    package enum Scale: Sendable, Hashable {
        /// Equal differences take equal room.
        case linear
        /// Equal ratios take equal room; only values above 0 have a place. Ticks are powers of two.
        case binaryLogarithmic
    }

    /// What is measured, with its unit in brackets.
    package var title: String
    /// How values are spread.
    package var scale: Scale
    /// Values that the axis must reach whatever the data; an end that one of them sets gets no room beyond it.
    package var including: [Double]

    /// An axis from all its parts.
    package init(title: String, scale: Scale = .linear, including: [Double] = []) {
        self.title = title
        self.scale = scale
        self.including = including
    }
}
