import Kernels
package import LanguageModels
package import ModelFiles
import RandomStreams

/// Looks inside forward passes: which kernels take the time, and how fast the products are in their place.
package struct ForwardBenchmark {
    /// The model.
    package let model: any CausalLanguageModel
    /// Sequences of a batch.
    package let batchSize: Int
    /// Tokens of a sequence; the last one is scored.
    package let tokens: Int
    /// Threads that the model uses.
    package let threadCount: Int
    /// Passes of each kind.
    package let roundCount: Int
    private let sequences: [ScoredSequence]

    /// A benchmark from its settings.
    package init(
        model: any CausalLanguageModel, batchSize: Int, tokens: Int, threadCount: Int, roundCount: Int
    ) {
        self.model = model
        self.batchSize = batchSize
        self.tokens = tokens
        self.threadCount = threadCount
        self.roundCount = roundCount
        var integers = UniformIntegers(seed: 1, purpose: .syntheticTokens)
        sequences = (0..<batchSize).map { _ in
            ScoredSequence(
                tokens: (0..<tokens).map { _ in
                    Int32(integers.next(below: model.configuration.vocabularySize))
                }, scoredCount: 1)
        }
    }

    /// The products of a pass with the rows that they are computed for, on each side of a probe for itself.
    ///
    /// A packed pass has no row for a sequence's last token, and only scored rows in the end of its last layer; the
    /// library's best is taken at the rows of the whole batch for all of them, which changes nothing to speak of.
    package static func products(
        of pass: ForwardPassKind, configuration: ModelConfiguration, batchSize: Int, tokens: Int
    ) -> [(product: ModelProduct, rowCount: Int)] {
        ModelProduct.all(of: configuration).map { product in
            (product, product.isHead && pass != .reference ? batchSize : batchSize * tokens)
        }
    }

    /// Profiles every kind of pass, in rounds, each kind once a round.
    ///
    /// - Parameter rates: The library's best for the products of all passes.
    package func run(rates: [ProductRate]) throws -> [ForwardProfile] {
        let kinds = ForwardPassKind.allCases
        var rounds = [[ForwardProfile.Round]](repeating: [], count: kinds.count)
        for kind in kinds { _ = try pass(kind) }
        for round in 0..<roundCount {
            for offset in kinds.indices {
                let index = (round + offset) % kinds.count
                rounds[index].append(try pass(kinds[index]))
            }
        }
        return kinds.enumerated().map { index, kind in
            ForwardProfile(
                pass: kind, threadCount: threadCount, rounds: rounds[index],
                bestGigaflops: bestGigaflops(of: kind, rates: rates))
        }
    }

    /// The rate that a pass's products would have at the library's best: all operations over the sum of their times.
    private func bestGigaflops(of pass: ForwardPassKind, rates: [ProductRate]) -> Double {
        let products = Self.products(
            of: pass, configuration: model.configuration, batchSize: batchSize, tokens: tokens)
        var operations = 0.0
        var nanoseconds = 0.0
        for (product, rowCount) in products {
            guard let rate = rates.first(where: { $0.product == product && $0.rowCount == rowCount }) else {
                return 0
            }
            let work = Double(product.countInForward) * product.operations(rowCount: rowCount)
            operations += work
            nanoseconds += work / rate.best.gigaflops
        }
        return nanoseconds > 0 ? operations / nanoseconds : 0
    }

    private func pass(_ kind: ForwardPassKind) throws -> ForwardProfile.Round {
        var noiseNanoseconds: Int64 = 0
        let start = MonotonicClock.nanoseconds()
        let (wall, profile) = try KernelProfile.recording {
            switch kind {
            case .reference: _ = try model.scoredLogProbabilities(sequences, layout: .reference)
            case .packed: _ = try model.scoredLogProbabilities(sequences, layout: .packed)
            case .probed: noiseNanoseconds = try probe()
            }
            return MonotonicClock.nanoseconds() - start
        }
        return ForwardProfile.Round(
            wallNanoseconds: wall, noiseNanoseconds: noiseNanoseconds, kernels: profile)
    }

    /// A step's pass with an update that changes next to nothing; returns the time of noise.
    private func probe() throws -> Int64 {
        let active = model.parameters.activeRanges(droppedLayers: [])
        let scores = try model.probedLogProbabilities(
            sequences,
            probe: ParameterProbe(
                seed: 2, perturbationScale: 1e-3, distribution: .gaussian, activeRanges: active),
            after: PendingUpdate(seed: 1, scale: 1e-9, distribution: .gaussian, activeRanges: active))
        return scores.perturbNanoseconds + scores.updateNanoseconds
    }
}
