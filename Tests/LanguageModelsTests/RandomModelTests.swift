import Kernels
import LanguageModels
import ModelFiles
import Testing

@Suite("Models with random weights")
struct RandomModelTests {
    private func arena(seed: UInt64, threadCount: Int) throws -> ParameterArena {
        try ModelLoading.random(
            configuration: .grouped, seed: seed, team: ThreadTeam(threadCount: threadCount)
        ).parameters
    }

    @Test("weights depend on the seed alone")
    func seeds() throws {
        let first = try arena(seed: 5, threadCount: 1).digest()
        let threaded = try arena(seed: 5, threadCount: 3).digest()
        let other = try arena(seed: 6, threadCount: 1).digest()
        #expect(first == threaded)
        #expect(first != other)
        #expect(first.count == 64)
    }

    @Test("matrices have standard deviation 0.02, norms weight 1, biases 0")
    func moments() throws {
        let arena = try ModelLoading.random(
            configuration: .projected, seed: 5, team: ThreadTeam(threadCount: 2)
        ).parameters
        for parameter in arena.parameters {
            let elements = arena.elements(of: parameter)
            if parameter.shape.count == 1 {
                let wanted: Float = parameter.name.hasSuffix(".bias") ? 0 : 1
                #expect(elements.allSatisfy { $0 == wanted })
            } else {
                let squares = elements.reduce(0) { $0 + Double($1) * Double($1) }
                let deviation = (squares / Double(elements.count)).squareRoot()
                // Five standard errors of a standard deviation from this many draws.
                #expect(abs(deviation / 0.02 - 1) < 5 / (2 * Double(elements.count)).squareRoot())
            }
        }
    }

    @Test("official shapes have their published number of parameters")
    func parameterCounts() {
        var opt = ModelConfiguration(
            family: .opt, vocabularySize: 50272, hiddenSize: 768, feedForwardSize: 3072, layerCount: 12,
            headCount: 12, keyValueHeadCount: 12, maximumPositions: 2048, embeddingSize: 768)
        #expect(ParameterCounts(configuration: opt).total == 125_239_296)
        opt.hiddenSize = 1024
        opt.feedForwardSize = 4096
        opt.layerCount = 24
        opt.embeddingSize = 512
        opt.normalizesBefore = false
        #expect(ParameterCounts(configuration: opt).total == 331_196_416)
        let smol = ModelConfiguration(
            family: .llama, vocabularySize: 49152, hiddenSize: 576, feedForwardSize: 1536,
            layerCount: 30, headCount: 9, keyValueHeadCount: 3, maximumPositions: 8192,
            embeddingSize: 576)
        #expect(ParameterCounts(configuration: smol).total == 134_515_008)
    }

    @Test("every parameter outside the layers is always tuned, and layers are contiguous")
    func groups() throws {
        for configuration in [ModelConfiguration.grouped, .projected] {
            let arena = try ModelLoading.random(
                configuration: configuration, seed: 0, team: ThreadTeam(threadCount: 1)
            ).parameters
            for parameter in arena.parameters {
                let isInLayer = parameter.name.contains(".layers.")
                if case .decoderLayer(let index) = parameter.group {
                    #expect(isInLayer && parameter.name.contains(".layers.\(index)."))
                } else {
                    #expect(!isInLayer)
                }
            }
            #expect(arena.activeRanges(droppedLayers: [0]).count == 2)
            #expect(arena.activeRanges(droppedLayers: [0, 1]).count == 1)
        }
    }
}
