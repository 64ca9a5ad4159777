import Optimizers
package import ResultStore
import Statistics
import Training

/// One cell in two databases: what only one of them has of it, and how the rest compares.
package struct CellDifference: Sendable {
    /// The cell in the baseline.
    package let baseline: CellResult
    /// The same cell in the candidate.
    package let candidate: CellResult
    /// Trials and rounds that only one side has or has finished, in sentences.
    package let oneSided: [String]
    /// Why trained results are not comparable: other weights or other data; nil when the inputs are the same.
    package let inputMismatch: String?
    /// Numbers that must be the same when the mathematics is.
    package let exact: ExactAgreement
    /// Test scores; nil when no trial is done on both sides.
    package let accuracy: AccuracyDifference?
    /// Shares of accepted answers, beside the F1 of generated ones; nil elsewhere.
    package let exactMatch: AccuracyDifference?
    /// Step times; nil when a side has none.
    package let stepTime: StepTimeDifference?
    /// Step time by phase in the baseline and in the candidate; nil when a side has no rounds and no steps.
    package let phases: (baseline: StepTimeSummary, candidate: StepTimeSummary)?
    /// Peak memory; nil when a side has none.
    package let memory: MemoryDifference?
    /// What timed steps did, counted; nil when a side has no counts, or not on as many threads.
    package let work: WorkDifference?
    /// Whether both sides hold the very same record, times included: a copy, not a repetition.
    package let isSameRecord: Bool

    /// The p-value of the accuracy after Holm's correction over the suite's cells.
    package internal(set) var accuracyPValue: Double?
    /// The p-value of the accepted answers after Holm's correction over the suite's cells.
    package internal(set) var exactMatchPValue: Double?
    /// The p-value of the step time after Holm's correction over the suite's cells.
    package internal(set) var stepTimePValue: Double?

    /// The verdict on the test score; nil when there is nothing to compare or the inputs differ.
    package var accuracyVerdict: ChangeVerdict? {
        inputMismatch == nil ? accuracy?.verdict(adjustedPValue: accuracyPValue) : nil
    }

    /// The verdict on the accepted answers; nil when there is nothing to compare or the inputs differ.
    package var exactMatchVerdict: ChangeVerdict? {
        inputMismatch == nil ? exactMatch?.verdict(adjustedPValue: exactMatchPValue) : nil
    }

    /// The verdict on the step time; nil when there is nothing to compare or the machines differ.
    package var stepTimeVerdict: ChangeVerdict? {
        isSameRecord && stepTime != nil ? .same : stepTime?.verdict(adjustedPValue: stepTimePValue)
    }

    /// Speed and quality judged together, in a few words; nil when neither was measured.
    ///
    /// A faster method that answers worse is not called an improvement.
    package var judgement: String? {
        let time = stepTimeVerdict.map { $0.words(lower: "faster", higher: "slower", same: "as fast") }
        let quality = accuracyVerdict.map { $0.words(lower: "worse", higher: "better", same: "as good") }
        switch (stepTimeVerdict, accuracyVerdict) {
        case (.same?, .same?): return "the same"
        case (.lower?, .lower?): return "faster, but worse: no improvement"
        case (.lower?, .undecided?): return "faster, whether as good is undecided"
        default: break
        }
        switch (time, quality) {
        case (let time?, let quality?): return "\(time), \(quality)"
        case (let time?, nil): return time
        case (nil, let quality?): return quality
        case (nil, nil): return nil
        }
    }

    /// Whether something differs that is not put down to chance.
    package var hasDifference: Bool {
        !oneSided.isEmpty || inputMismatch != nil || !exact.isExact
            || work.map { !$0.isSame } ?? false
            || [accuracyVerdict, exactMatchVerdict, stepTimeVerdict, memory?.verdict].contains {
                $0?.isChange ?? false
            }
    }

    /// Whether test scores or step times were measured on both sides, but whether they differ is not decided: too much
    /// noise, too little data, or machines that must not be compared.
    package var isUndecided: Bool {
        let isScoreOpen = accuracy != nil && accuracyVerdict.map(\.isUndecided) ?? true
        let isTimeOpen = stepTime != nil && stepTimeVerdict.map(\.isUndecided) ?? true
        return isScoreOpen || isTimeOpen
    }

    init(
        baseline: CellResult, candidate: CellResult, in baselineSnapshot: ResultSnapshot,
        and candidateSnapshot: ResultSnapshot
    ) {
        self.baseline = baseline
        self.candidate = candidate
        oneSided = OneSidedRecords.sentences(baseline: baseline, candidate: candidate)
        let mismatch = InputDifference.mismatch(of: baseline.cell, baselineSnapshot, candidateSnapshot)
        inputMismatch = mismatch
        exact = ExactAgreement(baseline: baseline, candidate: candidate)
        accuracy = AccuracyDifference(
            baseline: baseline, candidate: candidate, haveSameData: mismatch == nil)
        exactMatch = AccuracyDifference.ofExactMatches(
            baseline: baseline, candidate: candidate, haveSameData: mismatch == nil)
        stepTime = StepTimeDifference(
            baseline: baseline, candidate: candidate, baselineEnvironments: baselineSnapshot.environments,
            candidateEnvironments: candidateSnapshot.environments)
        let before =
            StepTimeSummary.rounds(of: baseline, in: baselineSnapshot)
            ?? StepTimeSummary.trainingSteps(of: baseline, in: baselineSnapshot)
        let after =
            StepTimeSummary.rounds(of: candidate, in: candidateSnapshot)
            ?? StepTimeSummary.trainingSteps(of: candidate, in: candidateSnapshot)
        phases = before.flatMap { before in
            after.flatMap { after in before.source == after.source ? (before, after) : nil }
        }
        memory = MemoryDifference(baseline: baseline, candidate: candidate)
        work = WorkDifference(
            baseline: baseline, candidate: candidate, baselineEnvironments: baselineSnapshot.environments,
            candidateEnvironments: candidateSnapshot.environments)
        isSameRecord =
            oneSided.isEmpty && exact.isExact && Self.times(of: baseline) == Self.times(of: candidate)
    }

    /// Every time that was recorded, which no repetition would hit again.
    private static func times(of cell: CellResult) -> [[Int64?]] {
        let trials = cell.trials.sorted { ($0.dataSeed, $0.noiseSeed) < ($1.dataSeed, $1.noiseSeed) }
        let rounds = cell.rounds.sorted { $0.round < $1.round }
        return trials.map { $0.stepNanoseconds + $0.evaluations.map { $0.nanoseconds } }
            + rounds.map { $0.stepNanoseconds + [$0.recordedNanoseconds] }
    }
}

extension ChangeVerdict {
    /// The verdict in the words of one quantity.
    package func words(lower: String, higher: String, same: String) -> String {
        switch self {
        case .lower: lower
        case .higher: higher
        case .same: same
        case .undecided: "undecided"
        }
    }
}
