import Comparison
import LanguageModels
import Optimizers
import ResultStore
import Tasks
import Training

/// How long, on how much and with which settings a suite trained and timed.
enum ProtocolSentences {
    static func all(_ findings: SuiteFindings) -> [String] {
        [training(findings.cells), fineTuning(findings.cells), examples(findings.cells), timing(findings)]
            .compactMap { $0 }
            + departures(findings.cells) + settings(findings.cells) + plans(findings.cells)
    }

    private static func training(_ cells: [CellResult]) -> String? {
        let trained = cells.filter { $0.cell.method.zerothOrderSettings != nil && !$0.trials.isEmpty }
        guard !trained.isEmpty else { return nil }
        func all(_ value: (Cell) -> Double) -> String {
            Figures.joined(Set(trained.map { value($0.cell) }).sorted().map { Figures.setting($0) })
        }
        let trials = trained.flatMap(\.trials)
        let dataSeeds = Set(trials.map(\.dataSeed)).sorted().map { String($0) }
        let noiseSeeds = Set(trials.map(\.noiseSeed)).sorted().map { String($0) }
        let isOneRate = Set(trained.map { $0.cell.method.learningRate }).count == 1
        return
            "Training: \(schedules(trained.map(\.cell))); \(isOneRate ? "learning rate" : "learning rates") "
            + "\(all { $0.method.learningRate ?? 0 }), perturbation scale "
            + "\(all { $0.method.zerothOrderSettings?.perturbationScale ?? 0 }); data seed "
            + "\(Figures.joined(dataSeeds)), noise seed \(Figures.joined(noiseSeeds))."
    }

    /// The settings of fine-tuning, one phrase for each set of them.
    private static func fineTuning(_ results: [CellResult]) -> String? {
        let cells = results.map(\.cell).filter { !$0.workload.isShape }
        let groups = Grouping.inOrder(cells.filter { $0.method.firstOrderSettings != nil }) { cell in
            cell.method.firstOrderSettings.map(words) ?? ""
        }
        guard !groups.isEmpty else { return nil }
        let phrases = groups.map { words, cells -> String in
            let rates = Set(cells.compactMap { $0.method.learningRate }).sorted()
            let joined = Figures.joined(rates.map { Figures.setting($0) })
            return "\(words), highest learning rates \(joined), \(schedules(cells))"
        }
        return "Fine-tuning (FT) by gradients in 32-bit floats: \(phrases.joined(separator: "; "))."
    }

    /// Everything but learning rate and treatment of activations.
    private static func words(_ settings: FirstOrderSettings) -> String {
        let warmup = Figures.count(settings.warmupSteps, "step")
        let clipping =
            settings.maximumGradientNorm.map { "gradients clipped to norm \(plain($0))" }
            ?? "gradients not clipped"
        return
            "\(settings.tuned == .head ? "the head alone by " : "")\(settings.rule.words), \(settings.decay.words) learning rate after \(warmup) of warm-up, weight decay "
            + "\(plain(settings.weightDecay)), \(clipping)"
    }

    /// A setting without a fraction of nothing.
    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? Figures.setting(value)
    }

    /// `150 steps with a batch of 16, evaluated every 50 steps`; where tasks differ, each schedule with its tasks.
    private static func schedules(_ cells: [Cell]) -> String {
        let groups = Grouping.inOrder(cells) { cell in
            "\(cell.schedule.steps) steps with a batch of \(cell.batchSize), evaluated every "
                + "\(cell.schedule.evaluateEvery) steps"
        }
        guard groups.count > 1 else { return groups.first?.key ?? "" }
        return groups.map { words, cells in
            let tasks = Grouping.inOrder(cells) { $0.workload.words }.map(\.key)
            return "\(words) (\(Figures.joined(tasks)))"
        }.joined(separator: "; ")
    }

    private static func examples(_ cells: [CellResult]) -> String? {
        var phrases: [String] = []
        for cell in cells {
            for case let data? in cell.trials.map(\.data) {
                let task = cell.cell.workload.words
                if cell.cell.method.inContextSettings != nil {
                    // Said by those that draw the same test examples and others too, if there are any.
                    if phrases.contains(where: { $0.hasPrefix("\(task) ") }) { continue }
                }
                let chosen =
                    cell.cell.method.inContextSettings == nil
                    ? "\(data.trainExamples) to train on, \(data.devExamples) to choose by, " : ""
                let phrase = "\(task) \(chosen)\(data.testExamples) to test"
                if !phrases.contains(phrase) { phrases.append(phrase) }
            }
        }
        return phrases.isEmpty ? nil : "Examples used: \(phrases.joined(separator: "; "))."
    }

    private static func timing(_ findings: SuiteFindings) -> String? {
        let timed = findings.cells.flatMap(\.rounds).filter { !$0.stepNanoseconds.isEmpty }
        guard !timed.isEmpty else { return nil }
        let steps = Set(timed.map(\.stepNanoseconds.count)).sorted().map(String.init)
        return "Timing: up to \(Figures.count(findings.progress.mostRounds, "round")) a cell, each of "
            + "\(Figures.joined(steps)) \(steps == ["1"] ? "step" : "steps") after warming up."
    }
}

extension LearningRateDecay {
    /// How the learning rate goes on, as an adjective.
    fileprivate var words: String {
        switch self {
        case .constant: "constant"
        case .linear: "linearly falling"
        }
    }
}
