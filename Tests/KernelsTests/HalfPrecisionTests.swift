import Foundation
import Kernels
import RandomStreams
import Testing

@Suite("Half precision", .serialized)
struct HalfPrecisionTests {
    @Test("every pattern widens to the number that it stands for", arguments: HalfFormat.allCases)
    func widening(format: HalfFormat) {
        let patterns = (0...UInt16.max).map { $0 }
        let expected = patterns.map { pattern in
            switch format {
            case .bfloat16: UInt32(pattern) << 16
            case .float16: Float(Float16(bitPattern: pattern)).bitPattern
            }
        }
        forEachInstructionSet { set in
            #expect(widened(patterns, format).map(\.bitPattern) == expected, "\(set)")
        }
    }

    @Test(
        "every pattern comes back from float32, NaN as NaN of the same sign", arguments: HalfFormat.allCases)
    func roundTrip(format: HalfFormat) {
        let patterns = (0...UInt16.max).map { $0 }
        let roundings = [HalfRounding.nearest, .stochastic(RoundingStream(stepSeed: 5))]
        forEachInstructionSet { set in
            let values = widened(patterns, format)
            for rounding in roundings {
                let back = narrowed(values, format, rounding: rounding)
                let wrong = patterns.indices.filter { index in
                    if values[index].isNaN {
                        return !widened([back[index]], format)[0].isNaN
                            || back[index] >> 15 != patterns[index] >> 15
                    }
                    return back[index] != patterns[index]
                }
                #expect(wrong.isEmpty, "\(set), \(rounding)")
            }
        }
    }

    @Test("narrowing to nearest gives the bits of PyTorch and NumPy", arguments: HalfFormat.allCases)
    func goldens(format: HalfFormat) throws {
        let golden = try HalfGoldens.read()
        let values = golden.float32.map { Float(bitPattern: $0) }
        let expected = format == .bfloat16 ? golden.bfloat16 : golden.float16
        #expect(values.count > 1_000 && values.count == expected.count)
        forEachInstructionSet { set in
            #expect(narrowed(values, format) == expected, "\(set)")
        }
    }

    @Test(
        "a float32 NaN stays one, also where its upper bits alone are an infinity",
        arguments: HalfFormat.allCases)
    func notANumber(format: HalfFormat) {
        let patterns: [UInt32] = [
            0x7f80_0001, 0xff80_0001, 0x7fc0_0000, 0x7f80_1fff, 0xffff_ffff, 0x7fbf_ffff,
        ]
        let values = patterns.map { Float(bitPattern: $0) }
        forEachInstructionSet { set in
            for rounding in [HalfRounding.nearest, .stochastic(RoundingStream(stepSeed: 1))] {
                let back = widened(narrowed(values, format, rounding: rounding), format)
                #expect(back.allSatisfy { $0.isNaN }, "\(set)")
                #expect(back.map(\.sign) == values.map(\.sign), "\(set)")
            }
        }
    }

    @Test("stochastic rounding follows its readable definition", arguments: HalfFormat.allCases)
    func stochasticDefinition(format: HalfFormat) throws {
        let stream = RoundingStream(stepSeed: 77)
        // Every sort of finite number: the goldens, some in places of their own.
        let values = try HalfGoldens.read().float32.map { Float(bitPattern: $0) }.filter(\.isFinite)
        for first: UInt64 in [0, 3, 1_021, 1 << 35 - 700] {
            let expected = values.enumerated().map { offset, value in
                rounded(value, to: format, bits: stream.bits(at: first + UInt64(offset)))
            }
            forEachInstructionSet { set in
                let found = narrowed(values, format, rounding: .stochastic(stream), first: first)
                #expect(found == expected, "\(set) at \(first)")
            }
        }
    }

    @Test("the share that is rounded up is the place between the neighbours", arguments: HalfFormat.allCases)
    func stochasticShare(format: HalfFormat) {
        let count = 200_000
        for (whole, beyond) in [(Float(1), 0x1p-12), (-3, 0x1.8p-10), (0x1p-14, 0)] {
            let value = whole < 0 ? whole - Float(beyond) : whole + Float(beyond)
            let spacing = (format == .bfloat16 ? 0x1p-7 : 0x1p-10) * (whole < -2 ? 2 : 1)
            let share = beyond / spacing
            let stored = narrowed(
                [Float](repeating: value, count: count), format,
                rounding: .stochastic(RoundingStream(stepSeed: 8)), first: 64)
            let away = stored.count { $0 != narrowed([whole], format)[0] }
            let error = (share * (1 - share) / Double(count)).squareRoot()
            #expect(abs(Double(away) / Double(count) - share) <= 5 * error, "\(value)")
            #expect(Set(stored).count == (share == 0 ? 1 : 2))
        }
    }
}

/// Float32 patterns with those that other implementations round them to.
struct HalfGoldens: Decodable {
    let float32: [UInt32]
    let bfloat16: [UInt16]
    let float16: [UInt16]

    static func read() throws -> HalfGoldens {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/half_precision.json")
        return try JSONDecoder().decode(HalfGoldens.self, from: Data(contentsOf: file))
    }
}

func forEachInstructionSet(_ body: (InstructionSet) throws -> Void) rethrows {
    let before = InstructionSet.current
    defer { before.force() }
    for set in InstructionSet.supported {
        set.force()
        try body(set)
    }
}

func widened(_ stored: [UInt16], _ format: HalfFormat) -> [Float] {
    [Float](unsafeUninitializedCapacity: stored.count) { values, count in
        if let base = values.baseAddress {
            HalfPrecision.widen(stored, from: format, into: base, count: stored.count)
        }
        count = stored.count
    }
}

func narrowed(
    _ values: [Float], _ format: HalfFormat, rounding: HalfRounding = .nearest, first: UInt64 = 0
) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: values.count) { stored, count in
        if let base = stored.baseAddress {
            HalfPrecision.narrow(
                values, to: format, rounding: rounding, into: base, count: values.count, firstIndex: first)
        }
        count = values.count
    }
}

/// Stochastic rounding of a finite number in float64: away from zero if 2¹⁶ times its place between its neighbours, cut
/// to an integer, and the random bits add up to 2¹⁶ or more.
func rounded(_ value: Float, to format: HalfFormat, bits: UInt16) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    let magnitude = Double(abs(value))
    let infinity: UInt16 = format == .bfloat16 ? 0x7f80 : 0x7c00
    // Numbers of one sign are in the order of their patterns: the largest one that is not above.
    var lower: UInt16 = 0
    var beyond = infinity
    while beyond - lower > 1 {
        let middle = lower + (beyond - lower) / 2
        if Double(widened([middle], format)[0]) <= magnitude { lower = middle } else { beyond = middle }
    }
    let low = Double(widened([lower], format)[0])
    let spacing =
        lower + 1 == infinity
        ? low - Double(widened([lower - 1], format)[0]) : Double(widened([lower + 1], format)[0]) - low
    let place = ((magnitude - low) / spacing * 65_536).rounded(.down)
    return sign | min(infinity, lower + (place + Double(bits) >= 65_536 ? 1 : 0))
}
