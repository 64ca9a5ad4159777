import ResultStore
import Training

/// What only one of two databases has of a cell that both know.
enum OneSidedRecords {
    /// One sentence for each trial that only one side has or has finished, and one for rounds.
    static func sentences(baseline: CellResult, candidate: CellResult) -> [String] {
        var sentences: [String] = []
        let before = baseline.trials.bySeeds
        let after = candidate.trials.bySeeds
        for seeds in Set(before.keys).union(after.keys).sorted() {
            let (first, second) = (status(before[seeds]), status(after[seeds]))
            guard first != second else { continue }
            sentences.append(
                "trial with data seed \(seeds.data) and noise seed \(seeds.noise): \(first) in the baseline, \(second) "
                    + "in the candidate")
        }
        let rounds = (
            Set(baseline.timedRounds.map(\.round)), Set(candidate.timedRounds.map(\.round))
        )
        if rounds.0 != rounds.1 {
            sentences.append(
                "\(rounds.0.count) timing rounds in the baseline, \(rounds.1.count) in the candidate, "
                    + "\(rounds.0.intersection(rounds.1).count) of the same number")
        }
        return sentences
    }

    private static func status(_ trial: TrialResult?) -> String {
        guard let trial else { return "absent" }
        return trial.failure.map { "\(trial.status.rawValue) (\($0.reason.rawValue))" }
            ?? trial.status.rawValue
    }
}
