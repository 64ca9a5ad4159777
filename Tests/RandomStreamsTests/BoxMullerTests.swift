import Foundation
import RandomStreams
import Testing

@Suite("Box-Muller")
struct BoxMullerTests {
    @Test("draws are within five units in the last place of the formula in double precision")
    func accuracy() {
        var worst = 0.0
        for counter: UInt64 in 0..<200_000 {
            let words = Philox4x32.words(counter: counter, key: 77)
            worst = max(worst, relativeError(words[0], words[1]), relativeError(words[2], words[3]))
        }
        // A unit in the last place is at most 2^-23 of the number.
        #expect(worst < 10 * 0x1p-24, "\(worst / 0x1p-24) units of 2^-24")
    }

    @Test("extreme words give finite draws: radius 6.66 at the least word, about 0 at the greatest")
    func extremes() {
        let far = BoxMuller.draws(radiusWord: 0, angleWord: 0)
        #expect(abs(Double(far.cosine) - (64 * log(2.0)).squareRoot()) < 2e-6)
        #expect(far.sine == 0)
        #expect(BoxMuller.draws(radiusWord: .max, angleWord: 0).cosine == 0)
        for radius: UInt32 in [0, 1, 2, 0x7fff_ffff, 0x8000_0000, .max - 1, .max] {
            for angle: UInt32 in [0, 1, 0x3fff_ffff, 0x4000_0000, 0x7fff_ffff, 0x8000_0000, .max] {
                let draws = BoxMuller.draws(radiusWord: radius, angleWord: angle)
                #expect(abs(draws.cosine) < 6.67 && abs(draws.sine) < 6.67)
            }
        }
    }

    @Test("the angle's top bit negates both draws")
    func halfTurn() {
        let draws = BoxMuller.draws(radiusWord: 12_345, angleWord: 0x1234_5678)
        let turned = BoxMuller.draws(radiusWord: 12_345, angleWord: 0x9234_5678)
        #expect(turned.cosine == -draws.cosine && turned.sine == -draws.sine)
    }

    /// The larger relative error of the two draws; the angle is taken as float32 holds it.
    private func relativeError(_ radiusWord: UInt32, _ angleWord: UInt32) -> Double {
        let draws = BoxMuller.draws(radiusWord: radiusWord, angleWord: angleWord)
        let uniform = Double(Float(Int32(bitPattern: radiusWord >> 1)) + 0.5) * 0x1p-31
        let radius = (-2 * log(uniform)).squareRoot()
        let angle = Double(Float(Int32(bitPattern: angleWord << 1))) * 0x1p-32 * Double.pi
        let sign = angleWord >> 31 == 0 ? 1.0 : -1.0
        return max(
            relativeError(draws.cosine, sign * radius * cos(angle)),
            relativeError(draws.sine, sign * radius * sin(angle)))
    }

    /// An exact quarter turn has cosine 0, which double precision misses by 6e-17.
    private func relativeError(_ value: Float, _ expected: Double) -> Double {
        abs(Double(value) - expected) / max(abs(expected), 1e-9)
    }
}
