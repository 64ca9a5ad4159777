import Comparison
import LanguageModels
import Optimizers
import ResultStore
import Training

/// How long, on how much and with which settings a suite trained and timed.
enum ProtocolSentences {
    static func all(_ findings: SuiteFindings) -> [String] {
        [training(findings.cells), examples(findings.cells), timing(findings)].compactMap { $0 }
            + settings(findings.cells) + plans(findings.cells)
    }

    private static func training(_ cells: [CellResult]) -> String? {
        let trained = cells.filter { $0.cell.method.zerothOrderSettings != nil && !$0.trials.isEmpty }
        guard !trained.isEmpty else { return nil }
        func all(_ value: (Cell) -> Double) -> String {
            Figures.joined(Set(trained.map { value($0.cell) }).sorted().map { Figures.setting($0) })
        }
        func counts(_ value: (Cell) -> Int) -> String {
            Figures.joined(Set(trained.map { value($0.cell) }).sorted().map(String.init))
        }
        let trials = trained.flatMap(\.trials)
        let dataSeeds = Set(trials.map(\.dataSeed)).sorted().map { String($0) }
        let noiseSeeds = Set(trials.map(\.noiseSeed)).sorted().map { String($0) }
        return
            "Training: \(counts(\.schedule.steps)) steps with a batch of \(counts(\.batchSize)), evaluated every "
            + "\(counts(\.schedule.evaluateEvery)) steps; learning rates "
            + "\(all { $0.method.zerothOrderSettings?.learningRate ?? 0 }), perturbation scale "
            + "\(all { $0.method.zerothOrderSettings?.perturbationScale ?? 0 }); data seed "
            + "\(Figures.joined(dataSeeds)), noise seed \(Figures.joined(noiseSeeds))."
    }

    private static func examples(_ cells: [CellResult]) -> String? {
        var phrases: [String] = []
        for cell in cells {
            for case let data? in cell.trials.map(\.data) {
                let phrase =
                    "\(cell.cell.workload.words) \(data.trainExamples) to train on, \(data.devExamples) to choose by, "
                    + "\(data.testExamples) to test"
                if !phrases.contains(phrase) { phrases.append(phrase) }
            }
        }
        return phrases.isEmpty ? nil : "Examples used: \(phrases.joined(separator: "; "))."
    }

    private static func timing(_ findings: SuiteFindings) -> String? {
        let timed = findings.cells.flatMap(\.rounds).filter { !$0.steps.isEmpty }
        guard !timed.isEmpty else { return nil }
        let steps = Set(timed.map(\.steps.count)).sorted().map(String.init)
        return "Timing: up to \(Figures.count(findings.progress.mostRounds, "round")) a cell, each of "
            + "\(Figures.joined(steps)) steps after warming up."
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
                    + "says so, and claims are judged on the reference plan.")
        }
        return sentences
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
