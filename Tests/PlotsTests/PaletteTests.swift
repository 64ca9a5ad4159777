import Foundation
import Plots
import Testing

@Suite("Colours of plots")
struct PaletteTests {
    /// Linear red, green and blue in 0...1 of `#RRGGBB` (IEC 61966-2-1).
    private func linear(_ colour: String) throws -> [Double] {
        let digits = Array(colour.dropFirst())
        try #require(digits.count == 6)
        return try stride(from: 0, to: 6, by: 2).map { index in
            let value = Double(try #require(Int(String(digits[index...index + 1]), radix: 16))) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }

    private func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// WCAG 2.2's contrast ratio.
    private func contrast(_ first: String, _ second: String) throws -> Double {
        let luminances = try [first, second].map { colour in
            try product([[0.2126, 0.7152, 0.0722]], linear(colour))[0]
        }.sorted()
        return (luminances[1] + 0.05) / (luminances[0] + 0.05)
    }

    /// CIE L*a*b* under D65.
    private func lab(_ linear: [Double]) -> [Double] {
        let xyz = product(
            [
                [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041],
            ], linear.map { min(max($0, 0), 1) })
        let f = zip(xyz, [0.95047, 1, 1.08883]).map { value, white -> Double in
            let share = value / white
            return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
        }
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    }

    /// Machado, Oliveira and Fernandes (2009): how colours look with a whole kind of cone missing.
    private static let deficiencies: [(name: String, matrix: [[Double]])] = [
        ("none", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]
        ),
    ]

    @Test("every colour stands out from its ground", arguments: [PlotPalette.light, .dark])
    func contrasts(palette: PlotPalette) throws {
        for colour in palette.series + palette.segments {
            #expect(try contrast(colour, palette.paper) >= 3, "\(colour)")
        }
        for text in [palette.ink, palette.muted] {
            #expect(try contrast(text, palette.paper) >= 4.5, "\(text)")
        }
    }

    @Test(
        "any two colours of a list stay apart for every kind of colour vision",
        arguments: [PlotPalette.light, .dark])
    func distances(palette: PlotPalette) throws {
        for colours in [palette.series, palette.segments] {
            for deficiency in Self.deficiencies {
                let places = try colours.map { lab(product(deficiency.matrix, try linear($0))) }
                for first in places.indices {
                    for second in places.indices where second > first {
                        let distance = zip(places[first], places[second])
                            .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
                        #expect(
                            distance >= 25,
                            "\(colours[first]) and \(colours[second]), \(deficiency.name): \(distance)")
                    }
                }
            }
        }
    }
}
