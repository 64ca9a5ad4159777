import Comparison
import Optimizers
import ResultStore
import Training

/// How long, on how much and with which settings a suite trained and timed.
enum ProtocolSentences {
    static func all(_ findings: SuiteFindings) -> [String] {
        [training(findings.cells), examples(findings.cells), timing(findings), plan(findings.cells)]
            .compactMap { $0 }
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

    private static func plan(_ cells: [CellResult]) -> String? {
        guard cells.contains(where: { $0.cell.plan == .reference }) else { return nil }
        return
            "Reference plan: three perturbation passes and one update pass a step, padded batches, every option a "
            + "full row, logits at every position."
    }
}
