import Archives
import ArgumentParser
import Foundation
import ModelFiles
import Tasks
import Tokenization
import Training

extension InspectCommand {
    /// What a task makes of its archive's records, and a model of those.
    struct ExampleTokens: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "example",
            abstract:
                "Print a task's examples as prompt, options and answers; with a model, as its tokens too.",
            discussion: """
                EXAMPLE
                  lezobench inspect example --task wsc --data DATA --id train:17 --id validation:0
                """)

        @Option(help: "A task's name: \(TaskCatalog.names.joined(separator: ", ")).")
        var task: String

        @Option(
            name: .customLong("data"),
            help: "Where to look for the task's archive, or its path; may be given several times.")
        var dataPaths: [String]

        @Option(
            name: .customLong("id"),
            help: ArgumentHelp(
                "Split and position of an example, such as train:17; may be given several times.",
                valueName: "split:position"),
            transform: { text in try ExampleID(text) })
        var ids: [ExampleID]

        @Option(help: "A model's name (looked for under --models), or the path of a folder, file or archive.")
        var model: String?

        @Option(
            name: .customLong("models"), help: "Where to look for a named model; may be given several times.")
        var modelPaths: [String] = []

        func run() throws {
            guard let definition = TaskCatalog.task(named: task) else {
                throw TrainingError.unknownTask(name: task, known: TaskCatalog.names)
            }
            let path = try ArchiveSearch.find(
                fileNames: definition.acceptedArchives.map(\.fileName), in: dataPaths)
            let archive = try Archive.open(path)
            let source = try model.map { try ModelCatalog.open(nameOrPath: $0, in: modelPaths) }
            let encoder = try source.map {
                try ReadableModel(
                    name: $0.name, path: $0.path, configuration: $0.configuration, vocabulary: $0.tokenizer
                ).encoder()
            }
            var splits: [ArchiveSplit: ExampleList] = [:]
            for split in Set(ids.map(\.split)) {
                splits[split] = try definition.examples(of: split, in: archive)
            }
            let examples = try ids.map { id in
                guard let list = splits[id.split], list.indices.contains(id.position) else {
                    throw InputError(
                        "there is no example \(id.split.rawValue):\(id.position); the split has "
                            + "\(splits[id.split]?.count ?? 0)")
                }
                let example = list[id.position]
                return ExampleAnswer(
                    example, encoded: encoder.map { $0.encode(example, task: definition) })
            }
            try printJSON(
                ExamplesAnswer(
                    task: definition.name, archive: archive.path, model: source?.name,
                    notes: try definition.notes(on: archive) + splits.values.flatMap(\.notes).sorted(),
                    examples: examples))
        }
    }
}

/// A split and a position in it, as in `train:17`.
struct ExampleID {
    let split: ArchiveSplit
    let position: Int

    /// The parts of a text.
    init(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let split = ArchiveSplit(rawValue: parts[0]),
            let position = Int(parts[1]), position >= 0
        else {
            let splits = ArchiveSplit.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("give split:position, such as train:17; splits are \(splits)")
        }
        self.split = split
        self.position = position
    }
}

private struct ExamplesAnswer: Encodable {
    let task: String
    let archive: String
    let model: String?
    let notes: [String]
    let examples: [ExampleAnswer]
}

private struct ExampleAnswer: Encodable {
    struct Option: Encodable {
        let tokens: [Int32]
        let optionTokenCount: Int
    }

    let id: String
    let prompt: String
    let fullTexts: [String]
    let goldIndices: [Int]
    let goldAnswers: [String]
    let options: [Option]?
    let promptTokens: [Int32]?
    /// Whether the text was longer than the model reads and lost its beginning.
    let isCut: Bool?

    init(_ example: Example, encoded: EncodedExample?) {
        id = example.id
        prompt = example.prompt
        fullTexts = example.fullTexts
        goldIndices = example.goldIndices
        goldAnswers = example.goldAnswers
        options = encoded?.options.map {
            Option(tokens: $0.tokens, optionTokenCount: $0.optionTokenCount)
        }
        promptTokens = encoded?.promptTokens
        isCut = encoded?.isCut
    }
}
