import Foundation
import Kernels
import Testing
import Training

/// Linear probes against scikit-learn and scipy.
@Suite("Linear probe")
struct LinearProbeTests {
    /// A case of `Fixtures/make_linear_probe_goldens.py`.
    private struct Golden: Decodable {
        let features: [[Float]]
        let labels: [Int]
        let classes: Int
        let folds: [Int]
        let accuracies: [Double]
        let inverseStrength: Double
        let strengths: [Double]
        let weights: [[[Double]]]
    }

    private static func goldens() throws -> [Golden] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/linear_probes.json")
        return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
    }

    @Test("weights are those of scipy's minimum, from a weak penalty to a strong one")
    func weights() throws {
        for golden in try Self.goldens() {
            let features = try FeatureRows(golden.features)
            for (strength, expected) in zip(golden.strengths, golden.weights) {
                let fit = MultinomialRegression(
                    rows: Array(0..<features.count), of: features, labels: golden.labels,
                    classCount: golden.classes, inverseStrength: strength)
                let wanted = expected.flatMap { $0 }
                let scale = wanted.map(abs).max() ?? 0
                let error = zip(fit.weights, wanted).map { abs($0 - $1) }.max() ?? .infinity
                #expect(error < 1e-4 * scale, "\(golden.classes) classes, C \(strength)")
            }
        }
    }

    @Test("folds, mean accuracies and the strength chosen are scikit-learn's")
    func crossValidation() throws {
        for golden in try Self.goldens() {
            #expect(StratifiedFolds.assign(labels: golden.labels, foldCount: 5) == golden.folds)
            let probe = try LinearProbe(
                features: FeatureRows(golden.features), labels: golden.labels, classCount: golden.classes,
                team: ThreadTeam(threadCount: 2))
            #expect(abs(probe.inverseStrength / golden.inverseStrength - 1) < 1e-9)
            let best = golden.accuracies.max() ?? 0
            #expect(abs(probe.crossValidatedAccuracy - best) < 1e-9, "\(golden.accuracies)")
        }
    }

    @Test("the rows of the head are the weights of all examples, halved where there are two classes")
    func headRows() throws {
        for golden in try Self.goldens() {
            let features = try FeatureRows(golden.features)
            let probe = LinearProbe(
                features: features, labels: golden.labels, classCount: golden.classes,
                team: ThreadTeam(threadCount: 1))
            let fit = MultinomialRegression(
                rows: Array(0..<features.count), of: features, labels: golden.labels,
                classCount: golden.classes, inverseStrength: probe.inverseStrength)
            let scale = golden.classes == 2 ? 0.5 : 1
            #expect(probe.headRows.flatMap { $0 } == fit.weights.map { Float(scale * $0) })
            #expect(probe.headRows.count == golden.classes)
        }
    }

    @Test("the bits do not depend on threads")
    func threads() throws {
        let golden = try #require(try Self.goldens().first)
        let probes = try [1, 3].map { threads in
            try LinearProbe(
                features: FeatureRows(golden.features), labels: golden.labels, classCount: golden.classes,
                team: ThreadTeam(threadCount: threads))
        }
        #expect(probes[0].headRows == probes[1].headRows)
        #expect(probes[0].inverseStrength == probes[1].inverseStrength)
    }
}
