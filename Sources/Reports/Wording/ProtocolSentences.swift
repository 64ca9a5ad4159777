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
            "\(settings.rule.words), \(settings.decay.words) learning rate after \(warmup) of warm-up, weight decay "
            + "\(plain(settings.weightDecay)), \(clipping)"
    }

    /// A setting without a fraction of nothing.
    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? Figures.setting(value)
    }

    /// `150 steps with a batch of 16, evaluated every 50 steps`; where tasks differ, each schedule with its tasks.
    private static func schedules(_ cells: [Cell]) -> String {
        var groups: [(words: String, tasks: [String])] = []
        for cell in cells {
            let words =
                "\(cell.schedule.steps) steps with a batch of \(cell.batchSize), evaluated every "
                + "\(cell.schedule.evaluateEvery) steps"
            let task = cell.workload.words
            guard let index = groups.firstIndex(where: { $0.words == words }) else {
                groups.append((words, [task]))
                continue
            }
            if !groups[index].tasks.contains(task) { groups[index].tasks.append(task) }
        }
        guard groups.count > 1 else { return groups.first?.words ?? "" }
        return groups.map { "\($0.words) (\(Figures.joined($0.tasks)))" }.joined(separator: "; ")
    }

    /// What texts begin with, how demonstrations were drawn, what calibration is, and what was optimised or chosen by where
    /// that is not the likelihood.
    private static func departures(_ cells: [CellResult]) -> [String] {
        let settings = cells.compactMap(\.cell.method.inContextSettings)
        let draws = Set(settings.filter { $0.demonstrationCount > 0 }.map(\.demonstrationDraw))
        var sentences: [String] = []
        let firstTokens = Set(cells.flatMap(\.trials).compactMap(\.data?.firstToken)).sorted()
        if !firstTokens.isEmpty {
            sentences.append("Texts begin with token \(Figures.joined(firstTokens.map(String.init))).")
        }
        if draws.contains(.perExample) {
            sentences.append(
                "In context: each test example stands after demonstrations of its own, drawn from the train split under a "
                    + "seed drawn for it, as the published script does; what is too long loses its beginning."
            )
        }
        if draws.contains(.fixedSet) {
            sentences.append(
                "In context, fixed set: all test examples stand after the same demonstrations, the first training examples "
                    + "drawn.")
        }
        if settings.contains(where: \.calibrates) {
            sentences.append(
                "Calibrated: options are compared by the sum of their log-probabilities minus the sum that they have "
                    + "without what they are about, instead of by the mean.")
        }
        if cells.contains(where: { $0.cell.method == .linearProbe }) {
            sentences.append(
                "LP (linear probing): a logistic regression without intercept from what the head reads before the tokens of "
                    + "right answers to these tokens, regularised as five-fold cross-validation on the training examples "
                    + "chooses; its weights take the place of the head's for these tokens, and where embeddings and head "
                    + "are one, of their embeddings.")
        }
        if cells.contains(where: { $0.cell.objective == .metric }) {
            sentences.append(
                "Objective metric: steps make the metric itself larger (accuracy, or the F1 of generated answers) in "
                    + "place of the log-likelihood; losses on development examples are still those of the likelihood."
            )
        }
        if cells.contains(where: { $0.cell.schedule.checkpointRule == .devMetric }) {
            sentences.append(
                "Tested is the step, and chosen the learning rate, with the highest score on development examples, not with "
                    + "the lowest loss.")
        }
        return sentences
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

    /// What is not as the papers have it: 16-bit storage and parameters that are never tuned.
    private static func settings(_ cells: [CellResult]) -> [String] {
        let stepping = cells.map(\.cell).filter { $0.method.zerothOrderSettings != nil }
        var sentences: [String] = []
        let stored = stepping.filter { !$0.model.hasFullStorage }
        if !stored.isEmpty {
            let formats = Set(stored.map(\.model.storage.rawValue)).sorted()
            let roundings = Set(stored.compactMap { $0.method.zerothOrderSettings?.rounding.words }).sorted()
            sentences.append(
                "16-bit storage: parameters are held in \(Figures.joined(formats)) and computed with in 32-bit floats; an "
                    + "updated value is rounded \(roundings.joined(separator: " or "))."
            )
        }
        if stepping.contains(where: { $0.method.zerothOrderSettings?.tuned == .decoderLayers }) {
            let extent = stepping.allSatisfy { $0.method.zerothOrderSettings?.tuned == .decoderLayers }
            sentences.append(
                "\(extent ? "Tuned are" : "In some cells, named so, tuned are") the decoder layers alone: embeddings, final "
                    + "norm and head stay as they are.")
        }
        return sentences + adapters(cells.map(\.cell))
    }

    /// What adapters are, and what they begin as.
    private static func adapters(_ cells: [Cell]) -> [String] {
        let adapters = cells.compactMap(\.method.adapterSettings)
        var sentences: [String] = []
        if adapters.contains(where: { if case .lowRank = $0 { true } else { false } }) {
            sentences.append(
                "LoRA: tuned are low-rank matrices A and B beside projections of every layer's attention, W x + (alpha / r) "
                    + "B A x, query and value where no others are named; A begins uniform in the bounds of its input "
                    + "width, drawn from the noise seed, and B as 0. The model's own parameters stay as they are."
            )
        }
        if adapters.contains(where: { if case .prefix = $0 { true } else { false } }) {
            sentences.append(
                "Prefix: tuned are the keys and values of a few virtual tokens before all others in every layer; they begin "
                    + "as those of real tokens drawn from the noise seed. The model's own parameters stay as they are."
            )
        }
        return sentences
    }

    private static func plans(_ cells: [CellResult]) -> [String] {
        let plans = Set(cells.map(\.cell).filter { $0.method.zerothOrderSettings != nil }.map(\.plan))
        var sentences: [String] = []
        if plans.contains(.reference) {
            sentences.append(
                "Reference plan: three perturbation passes and one update pass a step, padded batches, every option a "
                    + "full row, logits at every position.")
        }
        if plans.contains(.fused) {
            sentences.append(
                "Fused plan: the same mathematics in one pass over the parameters a step. Each tile of a weight matrix gets "
                    + "the update of the step before, then both probes are formed in scratch and multiplied at once, so "
                    + "that no perturbation is ever stored; nothing is padded, shared prompts are computed once, and "
                    + "logits only where they are read.")
        }
        if plans.count > 1 {
            sentences.append(
                "The plans take turns within each round; their times are held against each other only where a table "
                    + "says so. Claims about shares of a step are judged on the reference plan, claims about speed and memory "
                    + "on each plan apart.")
        }
        return sentences
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

extension UpdateRounding {
    /// How a value is rounded, as a phrase after that word.
    fileprivate var words: String {
        switch self {
        case .nearest: "to nearest"
        case .stochastic: "stochastically"
        }
    }
}
