import Kernels
import LanguageModels
import ModelFiles
import Testing

@Suite("What must not change a gradient")
struct GradientInvarianceTests {
    @Test("threads and retention change no bit", arguments: try GoldenGradient.all())
    func sameBits(golden: GoldenGradient) throws {
        let (one, result) = try golden.computed(threadCount: 1)
        for retention in ActivationRetention.allCases {
            for threadCount in [1, 2, 3] {
                let (more, other) = try golden.computed(threadCount: threadCount, retention: retention)
                #expect(more.bits == one.bits)
                #expect(other.loss == result.loss)
            }
        }
    }

    @Test("a larger model's gradient has the same bits for any number of threads", arguments: [true, false])
    func largerModel(isTied: Bool) throws {
        var configuration = ModelConfiguration.grouped
        configuration.tiesEmbeddings = isTied
        let bits = try [1, 2, 3].map { threadCount in
            let model = try ModelLoading.random(
                configuration: configuration, seed: 3, team: ThreadTeam(threadCount: threadCount))
            let gradient = try GradientArena(of: model.parameters)
            _ = try model.lossGradient(
                Self.sequences, retention: .kept, into: gradient, loss: Self.meanLoss)
            return gradient.bits
        }
        #expect(bits[0] == bits[1] && bits[0] == bits[2])
        #expect(bits[0].contains { $0 != 0 })
    }

    @Test("a gradient is added to what was there, and clearing takes it away")
    func adding() throws {
        let model = try ModelLoading.random(
            configuration: .grouped, seed: 3, team: ThreadTeam(threadCount: 2))
        let gradient = try GradientArena(of: model.parameters)
        func add(_ sequences: [ScoredSequence]) throws {
            _ = try model.lossGradient(sequences, retention: .kept, into: gradient, loss: Self.meanLoss)
        }
        try add([Self.sequences[0]])
        let first = gradient.values
        gradient.clear(team: ThreadTeam(threadCount: 2))
        #expect(gradient.values.allSatisfy { $0 == 0 })
        try add([Self.sequences[1]])
        let second = gradient.values
        try add([Self.sequences[0]])
        for (sum, (first, second)) in zip(gradient.values, zip(first, second)) {
            #expect(abs(sum - first - second) <= 1e-6)
        }
    }

    @Test("recomputing needs the memory of one layer, keeping that of all")
    func memory() throws {
        var configuration = ModelConfiguration.grouped
        configuration.layerCount = 6
        let bytes = try [ActivationRetention.recomputed, .kept].map { retention in
            let model = try ModelLoading.random(
                configuration: configuration, seed: 3, team: ThreadTeam(threadCount: 2))
            let gradient = try GradientArena(of: model.parameters)
            _ = try model.lossGradient(
                Self.sequences, retention: retention, into: gradient, loss: Self.meanLoss)
            return model.tapeBytes
        }
        let rows = Self.sequences.reduce(0) { $0 + $1.tokens.count - 1 }
        // Hidden rows before and after each layer; in a layer four more, queries with two small keys and values, the
        // context, gate and up.
        let streamBytes = 4 * rows * 7 * 192
        let layerBytes = 4 * rows * (4 * 192 + 192 + 2 * 64 + 192 + 2 * 640)
        #expect(bytes == [streamBytes + layerBytes, streamBytes + 6 * layerBytes])
    }

    @Test("parameters in 16 bits are refused", arguments: [StorageFormat.bfloat16, .float16])
    func storage(format: StorageFormat) throws {
        let model = try ModelLoading.random(
            configuration: .projected, seed: 3, storage: format, team: ThreadTeam(threadCount: 1))
        let gradient = try GradientArena(of: model.parameters)
        #expect(throws: LanguageModelError.self) {
            try model.lossGradient(
                [ScoredSequence(tokens: [1, 2], scoredCount: 1)], retention: .kept, into: gradient,
                loss: Self.meanLoss)
        }
    }

    private static let sequences = (0..<5).map { row in
        ScoredSequence(
            tokens: (0..<70 + 13 * row).map { Int32(($0 * 37 + row * 101) % 3000) }, scoredCount: 9 + row)
    }

    private static func meanLoss(_ scores: [[Float]]) -> ScoredLoss {
        let count = Float(scores.reduce(0) { $0 + $1.count })
        return ScoredLoss(
            value: -scores.joined().reduce(0, +) / count,
            derivatives: scores.map { $0.map { _ in -1 / count } })
    }
}
