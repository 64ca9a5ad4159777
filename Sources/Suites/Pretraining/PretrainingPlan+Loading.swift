import Foundation
import LanguageModels
import Optimizers
import Sandbox
import Training

extension PretrainingPlan {
    private static let required = [
        "pretraining", "title", "seed", "texts", "storage", "steps", "texts_per_batch", "optimizer",
    ]
    private static let keys =
        required + [
            "flattery_percent", "assent_percent", "non_sequitur_percent", "habit_steps", "sha256",
        ]

    private static let kind = "pretraining plan"
    /// Larger files are no plans.
    private static let maximumBytes = 1_000_000

    /// Reads a pretraining plan's file.
    ///
    /// - Throws: ``SuiteError`` with file, line and column when anything in it is not exactly as `suites/README.md`
    ///   says.
    package static func load(path: String) throws(SuiteError) -> PretrainingPlan {
        try read(try YAMLFile.text(path: path, kind: kind, maximumBytes: maximumBytes), path: path)
    }

    /// Reads a plan from a text that came from `path`, which names the file in messages.
    ///
    /// - Throws: ``SuiteError`` as ``load(path:)``.
    package static func read(_ text: String, path: String) throws(SuiteError) -> PretrainingPlan {
        let root = try SuiteNode.compose(text, path: path, name: "the pretraining plan")
        let top = try root.mapping(known: keys, required: required)
        guard let name = top["pretraining"], let title = top["title"], let seed = top["seed"],
            let storage = top["storage"], let steps = top["steps"], let texts = top["texts_per_batch"],
            let kinds = top["texts"], let optimizer = top["optimizer"]
        else { throw root.error("the file lacks a key") }
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        guard try name.line() == stem else {
            throw name.error(
                "the plan is named \(name.kind), but its file '\(stem)'", advice: "give both the same name")
        }
        let settings = try self.settings(optimizer)
        var mixture = try mixture(kinds)
        mixture.flatteryPercent = try percent(top["flattery_percent"])
        mixture.assentPercent = try percent(top["assent_percent"])
        mixture.nonSequiturPercent = try percent(top["non_sequitur_percent"])
        let stepCount: Int = try steps.integer(in: 1...1_000_000)
        let habitSteps = try top["habit_steps"].map { (place) throws(SuiteError) in
            try place.integer(in: 0...stepCount)
        }
        return PretrainingPlan(
            name: stem, title: try title.line(), seed: try seed.integer(in: 0...UInt64.max), texts: mixture,
            storage: try storage.choice(StorageFormat.self, what: "storage"),
            steps: stepCount, habitSteps: habitSteps ?? stepCount,
            textsPerBatch: try texts.integer(in: 1...10_000),
            optimizer: settings, sha256: try top["sha256"].map(digest))
    }

    /// The settings of fine-tuning, but for what has no sense or another place here.
    private static func settings(_ place: SuiteNode) throws(SuiteError) -> FirstOrderSettings {
        let reader = FirstOrderReader(storages: [.float32], objective: .logLikelihood) {
            (schedule) throws(SuiteError) -> TrainingSchedule in
            throw schedule.error("'schedule' is of fine-tuning; a pretraining's steps are in 'steps'")
        }
        let settings = try reader.axes(place).settings
        guard settings.count == 1, let only = settings.first else {
            throw place.error(
                "'optimizer' lists \(settings.count) settings, but a pretraining has one",
                advice: "give one value of each")
        }
        guard [.all, .decoderLayers].contains(only.tuned) else {
            throw place.error(
                only.tuned == .head
                    ? "a pretraining tunes more than the head" : "a pretraining has no adapters",
                advice: "leave 'tuned' out")
        }
        return only
    }

    /// Shares by kind of text.
    private static func mixture(_ place: SuiteNode) throws(SuiteError) -> CorpusMixture {
        let entries = try place.mapping(known: CorpusText.allCases.map(\.rawValue))
        var mixture = CorpusMixture(shares: [:])
        for kind in CorpusText.allCases {
            if let share = entries[kind.rawValue] { mixture.shares[kind] = try share.integer(in: 1...1000) }
        }
        guard !mixture.shares.isEmpty else { throw place.error("'texts' names no kind of text") }
        return mixture
    }

    private static func percent(_ place: SuiteNode?) throws(SuiteError) -> Int {
        try place.map { (place) throws(SuiteError) in try place.integer(in: 0...100) } ?? 0
    }

    private static func digest(_ place: SuiteNode) throws(SuiteError) -> String {
        let text = try place.line()
        guard text.count == 64, text.allSatisfy({ "0123456789abcdef".contains($0) }) else {
            throw place.error("'sha256' must be 64 lower-case hexadecimal digits, but it is \(place.kind)")
        }
        return text
    }

    /// Whether a file says by one of its keys that it is a plan; a file that cannot be read does not.
    static func isPlan(path: String) -> Bool {
        guard let text = try? YAMLFile.text(path: path, kind: kind, maximumBytes: maximumBytes) else {
            return false
        }
        return text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("pretraining:") }
    }
}
