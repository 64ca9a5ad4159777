import Foundation

/// The way from values to places along one axis.
package struct AxisScale {
    /// The smallest value that has a place.
    package let lower: Double
    /// The largest.
    package let upper: Double
    private let scale: Axis.Scale
    private let start: Double
    private let end: Double

    /// A scale over all finite `values` and what the axis must include.
    ///
    /// Ends that data set get a little room; one value alone gets room on both sides; no value at all gives 0 to 1, or 1
    /// to 2 on a logarithmic axis.
    ///
    /// - Parameters:
    ///   - start: Where the lower end lies on the sheet.
    ///   - end: Where the upper end lies.
    package init(_ axis: Axis, values: [Double], from start: Double, to end: Double) {
        func hasPlace(_ value: Double) -> Bool {
            value.isFinite && (axis.scale == .linear || value > 0)
        }
        let data = values.filter(hasPlace)
        let required = axis.including.filter(hasPlace)
        let isLogarithmic = axis.scale == .binaryLogarithmic
        let all = (data + required).map { isLogarithmic ? log2($0) : $0 }
        var low = all.min() ?? 0
        var high = all.max() ?? low + 1
        // Data that reach an end of the axis up to rounding, such as shares that add up to 100, do not move it.
        func isRequired(_ end: Double) -> Bool {
            required.contains { abs((isLogarithmic ? log2($0) : $0) - end) <= 1e-9 * max(1, abs(end)) }
        }
        let lowIsRequired = isRequired(low)
        let highIsRequired = isRequired(high)
        if low == high {
            let room = isLogarithmic ? 1 : low == 0 ? 1 : abs(low) * 0.1
            low -= lowIsRequired ? 0 : room
            high += room
        } else {
            let room = Self.room * (high - low)
            low -= lowIsRequired ? 0 : room
            high += highIsRequired ? 0 : room
        }
        lower = isLogarithmic ? exp2(low) : low
        upper = isLogarithmic ? exp2(high) : high
        scale = axis.scale
        self.start = start
        self.end = end
    }

    /// The share of the data's range that is left free beyond its ends.
    private static let room = 0.05

    /// The place of a value; values beyond an end, infinite ones too, lie at that end.
    package func position(_ value: Double) -> Double {
        place(min(max(value, lower), upper))
    }

    /// The place of a value, beyond the ends too.
    ///
    /// - Parameter value: Finite, and above 0 on a logarithmic axis.
    func place(_ value: Double) -> Double {
        let share =
            switch scale {
            case .linear: (value - lower) / (upper - lower)
            case .binaryLogarithmic: log2(value / lower) / log2(upper / lower)
            }
        return start + share * (end - start)
    }

    /// Whether a value has a place of its own.
    package func holds(_ value: Double) -> Bool {
        value.isFinite && lower <= value && value <= upper
    }

    /// About `count` round values with their labels.
    package func ticks(count: Int) -> [AxisTick] {
        switch scale {
        case .linear: AxisTicks.linear(lower: lower, upper: upper, count: count)
        case .binaryLogarithmic: AxisTicks.binary(lower: lower, upper: upper, count: count)
        }
    }

    /// As many ticks, at most `count`, as stand side by side without their labels touching.
    package func ticksSideBySide(count: Int, fontSize: Double) -> [AxisTick] {
        for attempt in stride(from: max(1, count), to: 1, by: -1) {
            let ticks = ticks(count: attempt)
            let fits = zip(ticks, ticks.dropFirst()).allSatisfy { first, second in
                let widths = [first, second].map { TextMeasure.width($0.label, size: fontSize) }
                return abs(position(second.value) - position(first.value)) >= (widths[0] + widths[1]) / 2 + 8
            }
            if fits { return ticks }
        }
        return ticks(count: 1)
    }
}
