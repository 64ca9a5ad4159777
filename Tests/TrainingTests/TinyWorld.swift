import Foundation
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Tasks
import TestSupport
import Tokenization
import Training

/// A task's written records and a random OPT of two layers that reads bytes, for tests of losses and steps.
struct TinyWorld {
    static let configuration = ModelConfiguration(
        family: .opt, vocabularySize: 257, hiddenSize: 16, feedForwardSize: 32, layerCount: 2, headCount: 2,
        keyValueHeadCount: 2, maximumPositions: 256, embeddingSize: 16)
    static let vocabulary = TokenizerDefinition(
        tokens: ByteAlphabet.scalars.map { String($0) } + ["</s>"], merges: [], preTokenizer: .gpt2,
        specialTokens: ["</s>": 256], leadingToken: 256, endOfTextToken: 256, sha256: "")

    let model: any CausalLanguageModel
    let data: TrialData

    /// The world of a task whose records are `entries`, by their paths in the archive.
    ///
    /// - Parameter reading: The sizes and the vocabulary that examples are encoded for.
    init(
        task: String, entries: [String: String], examples: Int, weightSeed: UInt64 = 3,
        configuration: ModelConfiguration = TinyWorld.configuration,
        reading: (configuration: ModelConfiguration, vocabulary: TokenizerDefinition) = (
            TinyWorld.configuration, TinyWorld.vocabulary
        )
    ) throws {
        let model = try ModelLoading.random(
            configuration: configuration, seed: weightSeed, team: ThreadTeam(threadCount: 1))
        // Official initial weights (σ = 0.02) make a model this small almost flat; a larger scale gives it slopes.
        for index in 0..<model.parameters.count { model.parameters.base[index] *= 12 }
        self.model = model
        data = try TemporaryFolder.with { folder in
            for (name, text) in entries {
                try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
            }
            let data = try TrialData.draw(
                for: .task(name: task, trainExamples: examples, devExamples: 1, testExamples: 1),
                method: .zerothOrder(
                    ZerothOrderSettings(learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: 0)),
                dataSeed: 0, dataPath: folder.path,
                model: ReadableModel(
                    name: "tiny", path: nil, configuration: reading.configuration,
                    vocabulary: reading.vocabulary))
            guard let data else { throw TrainingError.missingPath(what: task) }
            return data
        }
    }

    /// The parameters as they stand.
    var parameters: [Float] {
        get { Array(UnsafeBufferPointer(start: model.parameters.base, count: model.parameters.count)) }
        nonmutating set { model.parameters.base.update(from: newValue, count: newValue.count) }
    }
}

extension TinyWorld {
    /// Reviews of a few words.
    static func sst2(examples: Int) throws -> TinyWorld {
        let words = ["dull", "fine", "a", "very", "film", "odd", "slow", "bright", "plot"]
        let lines = (0..<examples + 1).map { index in
            let sentence = (0..<3 + index % 4).map { words[(index * 5 + $0 * (index + 2)) % words.count] }
            return "\(sentence.joined(separator: " "))\t\(index % 2)\n"
        }
        let table = "sentence\tlabel\n" + lines.joined()
        return try TinyWorld(
            task: "sst2", entries: ["train.tsv": table, "dev.tsv": table], examples: examples)
    }

    /// Causes and effects of a few words.
    static func copa(examples: Int) throws -> TinyWorld {
        let lines = (0..<examples + 1).map { index in
            """
            {"premise": "Item \(index) fell.", "choice1": "It broke \(index * 7 % 5) times.", \
            "choice2": "I saw \(index * 3 % 4).", "question": "\(index % 3 == 0 ? "cause" : "effect")", \
            "label": \(index / 2 % 2), "idx": \(index)}
            """
        }
        let text = lines.joined(separator: "\n") + "\n"
        return try TinyWorld(
            task: "copa", entries: ["train.jsonl": text, "val.jsonl": text], examples: examples)
    }

    /// Questions with the answers given.
    static func squad(
        answers: [String], configuration: ModelConfiguration = TinyWorld.configuration,
        reading: (configuration: ModelConfiguration, vocabulary: TokenizerDefinition) = (
            TinyWorld.configuration, TinyWorld.vocabulary
        )
    ) throws -> TinyWorld {
        struct Answer: Encodable {
            let text: String
        }
        struct Question: Encodable {
            let question: String
            let answers: [Answer]
        }
        struct Paragraph: Encodable {
            let context: String
            let qas: [Question]
        }
        struct Article: Encodable {
            let title: String
            let paragraphs: [Paragraph]
        }
        // One more than is trained on, for dev.
        let paragraphs = (answers + ["x"]).enumerated().map { index, answer in
            Paragraph(
                context: "Box \(index) holds \(index * 37 % 11) of \(index * 5 % 7).",
                qas: [Question(question: "How many in \(index)?", answers: [Answer(text: answer)])])
        }
        let document = ["data": [Article(title: "T", paragraphs: paragraphs)]]
        let text = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
        return try TinyWorld(
            task: "squad", entries: ["train-v1.1.json": text, "dev-v1.1.json": text], examples: answers.count,
            configuration: configuration, reading: reading)
    }
}
