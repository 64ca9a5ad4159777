import Foundation
import LanguageModels

extension PretrainingPlan {
    private static let keys = [
        "pretraining", "title", "seed", "storage", "steps", "texts_per_batch", "optimizer",
    ]

    /// Reads a pretraining file.
    ///
    /// - Throws: ``SuiteError`` with file, line and column when anything in it is not exactly as `suites/README.md`
    ///   says.
    package static func load(path: String) throws(SuiteError) -> PretrainingPlan {
        try read(try SuiteText.read(path), path: path)
    }

    /// Reads a plan from a text that came from `path`, which names the file in messages.
    ///
    /// - Throws: ``SuiteError`` as ``load(path:)``.
    package static func read(_ text: String, path: String) throws(SuiteError) -> PretrainingPlan {
        let root = try SuiteText.compose(text, path: path).named("the pretraining file")
        let top = try root.mapping(known: keys, required: keys)
        guard let name = top["pretraining"], let title = top["title"], let seed = top["seed"],
            let storage = top["storage"], let steps = top["steps"], let texts = top["texts_per_batch"],
            let optimizer = top["optimizer"]
        else { throw root.error("the file lacks a key") }
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        guard try name.line() == stem else {
            throw name.error(
                "the plan is named \(name.kind), but its file '\(stem)'", advice: "give both the same name")
        }
        let settings = try FirstOrderReader().settings(optimizer)
        guard settings.count == 1 else {
            throw optimizer.error(
                "'optimizer' lists \(settings.count) settings, but a pretraining has one",
                advice: "give one learning rate")
        }
        let storages = StorageFormat.allCases.map(\.rawValue)
        return PretrainingPlan(
            name: stem, title: try title.line(), seed: try seed.integer(in: 0...UInt64.max),
            storage: StorageFormat(rawValue: try storage.word(among: storages, what: "storage")) ?? .float32,
            steps: try steps.integer(in: 1...1_000_000), textsPerBatch: try texts.integer(in: 1...10_000),
            optimizer: settings[0])
    }

    /// Whether a text is that of a pretraining file: whether it says so by its first key.
    static func isPlan(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("pretraining:") }
    }
}
