import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Testing

/// Weight decay by the names that models and adapters have for their parameters.
@Suite("Decayed parameters")
struct DecayedParameterTests {
    /// OPT with both places of its norms, one of them with projections of its embeddings, and Llama with both heads.
    private static let models = [
        configuration(.opt), configuration(.opt, embeddingSize: 8, normalizesBefore: false),
        configuration(.llama), configuration(.llama, tiesEmbeddings: false),
    ]

    private static func configuration(
        _ family: ModelConfiguration.Family, embeddingSize: Int = 16, normalizesBefore: Bool = true,
        tiesEmbeddings: Bool = true
    ) -> ModelConfiguration {
        ModelConfiguration(
            family: family, vocabularySize: 20, hiddenSize: 16, feedForwardSize: 32, layerCount: 2,
            headCount: 2,
            keyValueHeadCount: 2, maximumPositions: 32, embeddingSize: embeddingSize,
            normalizesBefore: normalizesBefore, tiesEmbeddings: tiesEmbeddings)
    }

    /// The names of the parameters that a step without a gradient shrinks, and of the others.
    private func names(in arena: ParameterArena, rule: UpdateRule) throws -> (
        decayed: [String], left: [String]
    ) {
        let team = ThreadTeam(threadCount: 1)
        let optimizer = try FirstOrderOptimizer(
            settings: FirstOrderSettings(rule: rule, learningRate: 0.1, weightDecay: 0.5), totalSteps: 4,
            arena: arena, team: team)
        for index in 0..<arena.count { arena.base[index] = 1 }
        _ = try optimizer.step(number: 1) { _ in
            LossGradient(loss: 1, forwardNanoseconds: 0, backwardNanoseconds: 0)
        }
        var names: (decayed: [String], left: [String]) = ([], [])
        for parameter in arena.parameters {
            let values = Set(arena.elements(of: parameter))
            #expect(values.count == 1, "\(parameter.name)")
            if values == [1] {
                names.left.append(parameter.name)
            } else {
                names.decayed.append(parameter.name)
            }
        }
        return names
    }

    /// What the published trainer leaves out: biases, and what belongs to a norm.
    private func isExempt(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        return parts.last == "bias" || parts.contains { $0.hasSuffix("norm") }
    }

    @Test(
        "biases and norms of a model are left out of it, all else is not", arguments: Self.models,
        UpdateRule.allCases)
    func ofModels(configuration: ModelConfiguration, rule: UpdateRule) throws {
        let model = try ModelLoading.random(
            configuration: configuration, seed: 1, team: ThreadTeam(threadCount: 1))
        let names = try names(in: model.parameters, rule: rule)
        #expect(names.left.allSatisfy(isExempt), "\(names.left)")
        #expect(!names.decayed.contains(where: isExempt), "\(names.decayed)")
        let isOPT = configuration.family == .opt
        // Two norms a layer and one in the end unless they come after; OPT's have a bias each, as its six products.
        let lastNorm = configuration.normalizesBefore ? 1 : 0
        #expect(names.left.count == (isOPT ? 2 * (2 * 2 + lastNorm) + 2 * 6 : 2 * 2 + 1))
    }

    @Test(
        "all of an adapter decays", arguments: Self.models,
        [
            AdapterSettings.lowRank(rank: 1, alpha: 2, projections: [.query, .key, .value]),
            .prefix(tokens: 1),
        ])
    func ofAdapters(configuration: ModelConfiguration, settings: AdapterSettings) throws {
        let model = try ModelLoading.random(
            configuration: configuration, seed: 1, team: ThreadTeam(threadCount: 1))
        try model.attach(settings, seed: 1)
        let names = try names(in: model.tunedParameters, rule: .adamW)
        #expect(names.left.isEmpty && names.decayed.count == model.tunedParameters.parameters.count)
        #expect(!names.decayed.contains(where: isExempt))
    }
}
