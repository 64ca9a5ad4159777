/// Curves and points over a horizontal axis of numbers.
package struct CurveChart: Sendable, Hashable {
    /// One point of a curve.
    package struct Point: Sendable, Hashable {
        /// The place on the horizontal axis.
        package var x: Double
        /// The place on the vertical axis; a value that is not finite leaves a gap.
        package var y: Double
        /// The lower end of the value's interval, nil without one.
        package var low: Double?
        /// The upper end; an infinite one is drawn to the edge.
        package var high: Double?

        /// A point from its place and interval.
        package init(x: Double, y: Double, low: Double? = nil, high: Double? = nil) {
            self.x = x
            self.y = y
            self.low = low
            self.high = high
        }
    }

    /// How a curve is drawn.
    package enum Style: Sendable, Hashable {
        /// Measured values: a solid line with markers, intervals as bars with caps.
        case measured
        /// A path through many points: markers and the dashes of its colour, intervals as a ribbon.
        case path
        /// What a path lies in: a thin, pale line without markers.
        case trace
        /// A bound or theory: a dotted line without markers, intervals as a ribbon.
        case bound
        /// Values from elsewhere: hollow markers without a line.
        case reported
    }

    /// Points that belong together.
    package struct Curve: Sendable, Hashable {
        /// What the legend says, nil to be left out of it.
        package var label: String?
        /// How it is drawn.
        package var style: Style
        /// Which colour, marker and dashes; curves that belong together share one.
        package var slot: Int
        /// The points in order.
        package var points: [Point]

        /// A curve from all its parts.
        package init(label: String?, style: Style, slot: Int, points: [Point]) {
            self.label = label
            self.style = style
            self.slot = slot
            self.points = points
        }
    }

    /// A horizontal line at a value that others are held against.
    package struct ReferenceLine: Sendable, Hashable {
        /// The value on the vertical axis.
        package var y: Double
        /// What the legend says.
        package var label: String

        /// A line from its value and label.
        package init(y: Double, label: String) {
            self.y = y
            self.label = label
        }
    }

    /// The horizontal axis.
    package var xAxis: Axis
    /// The vertical axis.
    package var yAxis: Axis
    /// The curves; later ones are drawn over earlier ones, ribbons below all of them.
    package var curves: [Curve]
    /// Values that others are held against.
    package var referenceLines: [ReferenceLine]

    /// A chart from all its parts.
    package init(xAxis: Axis, yAxis: Axis, curves: [Curve], referenceLines: [ReferenceLine] = []) {
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.curves = curves
        self.referenceLines = referenceLines
    }
}
