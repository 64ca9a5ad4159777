import Foundation
import Plots
import Testing

@Suite("Axes of plots")
struct AxisTests {
    @Test(
        "ticks are round numbers inside the range, with the decimals that their step needs",
        arguments: [
            (0.0, 1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (0.9, 1.62, 6, ["1.0", "1.2", "1.4", "1.6"]),
            (0.0, 0.5, 2, ["0.00", "0.25", "0.50"]),
            (-1.0, 1.0, 4, ["\u{2212}1.0", "\u{2212}0.5", "0.0", "0.5", "1.0"]),
            (0.0, 20_000.0, 4, ["0", "5000", "10,000", "15,000", "20,000"]),
            (3e6, 4.1e6, 2, ["3,000,000", "4,000,000"]),
            (0.00011, 0.00042, 3, ["0.0002", "0.0004"]),
            (97.0, 103.0, 3, ["98", "100", "102"]),
        ])
    func linear(lower: Double, upper: Double, count: Int, labels: [String]) {
        let ticks = AxisTicks.linear(lower: lower, upper: upper, count: count)
        #expect(ticks.map(\.label) == labels)
        for tick in ticks {
            #expect(
                tick.value >= lower - 1e-9 * (upper - lower) && tick.value <= upper + 1e-9 * (upper - lower))
        }
    }

    @Test(
        "there are never more than twice and seldom fewer than half the ticks asked for, whatever the range")
    func counts() {
        for exponent in -9...9 {
            for mantissa in [1.0, 1.3, 2.2, 3.7, 4.9, 7.7, 9.99] {
                let size = mantissa * pow(10, Double(exponent))
                let ticks = AxisTicks.linear(lower: -0.3 * size, upper: 0.7 * size, count: 6)
                #expect((3...12).contains(ticks.count), "\(size): \(ticks.map(\.label))")
                #expect(Set(ticks.map(\.label)).count == ticks.count)
                let steps = zip(ticks.dropFirst(), ticks).map { $0.value - $1.value }
                #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-6 * size })
            }
        }
    }

    @Test("logarithmic ticks are powers of two, thinned when there would be too many")
    func binary() {
        #expect(
            AxisTicks.binary(lower: 30, upper: 1100, count: 9).map(\.value) == [32, 64, 128, 256, 512, 1024])
        #expect(AxisTicks.binary(lower: 30, upper: 1100, count: 3).map(\.value) == [32, 128, 512])
        #expect(AxisTicks.binary(lower: 0.2, upper: 1, count: 9).map(\.label) == ["0.25", "0.5", "1"])
        #expect(AxisTicks.binary(lower: 33, upper: 60, count: 9).isEmpty)
    }

    @Test("ranges without an inside give no ticks")
    func degenerate() {
        #expect(AxisTicks.linear(lower: 1, upper: 1, count: 5).isEmpty)
        #expect(AxisTicks.linear(lower: 2, upper: 1, count: 5).isEmpty)
        #expect(AxisTicks.linear(lower: .nan, upper: 1, count: 5).isEmpty)
        #expect(AxisTicks.linear(lower: 0, upper: .infinity, count: 5).isEmpty)
        #expect(AxisTicks.binary(lower: 0, upper: 4, count: 5).isEmpty)
        let most = Double.greatestFiniteMagnitude
        #expect(AxisTicks.linear(lower: -most, upper: most, count: 5).isEmpty)
        #expect(AxisTicks.linear(lower: 0, upper: .leastNonzeroMagnitude, count: 5).isEmpty)
    }

    @Test("an axis reaches over its data with room, and ends where it was told to")
    func domain() {
        let free = AxisScale(Axis(title: ""), values: [2, 4], from: 0, to: 100)
        #expect(free.lower == 1.9 && free.upper == 4.1)
        let pinned = AxisScale(Axis(title: "", including: [0]), values: [2, 4], from: 0, to: 100)
        #expect(pinned.lower == 0 && abs(pinned.upper - 4.2) < 1e-12)
        #expect(pinned.position(0) == 0 && abs(pinned.position(2.1) - 50) < 1e-9)
    }

    @Test("one value, no value and values that are not finite still give a range")
    func fewValues() {
        for values in [[], [3.0], [0], [.nan, .infinity], [-5, -5]] {
            let scale = AxisScale(Axis(title: ""), values: values, from: 0, to: 100)
            #expect(scale.lower < scale.upper)
            #expect(scale.lower.isFinite && scale.upper.isFinite)
            for value in values where value.isFinite { #expect(scale.holds(value)) }
        }
        let binary = AxisScale(
            Axis(title: "", scale: .binaryLogarithmic), values: [64, 0, -3], from: 0, to: 100)
        #expect(binary.lower == 32 && binary.upper == 128)
        #expect(abs(binary.position(64) - 50) < 1e-9)
    }

    @Test("infinite values lie at the ends")
    func infinite() {
        let scale = AxisScale(Axis(title: ""), values: [0, 1], from: 10, to: 20)
        #expect(scale.position(.infinity) == 20)
        #expect(scale.position(-.infinity) == 10)
        #expect(!scale.holds(.infinity) && !scale.holds(.nan))
    }

    @Test("labels side by side do not touch")
    func sideBySide() {
        let scale = AxisScale(Axis(title: "", including: [0]), values: [1e7], from: 0, to: 300)
        let ticks = scale.ticksSideBySide(count: 20, fontSize: 12)
        #expect(ticks.count >= 3)
        for (first, second) in zip(ticks, ticks.dropFirst()) {
            let widths = [first, second].map { TextMeasure.width($0.label, size: 12) }
            #expect(scale.position(second.value) - scale.position(first.value) > (widths[0] + widths[1]) / 2)
        }
    }
}
