import Foundation
import Optimizers
import ResultStore
import Statistics
import Training

extension ClaimAssessor {
    /// LeZO's step against MeZO's, once for each setting: at the claim's sparsity, or the fastest where it states none.
    ///
    /// Sparsity 1 is left out unless the claim states it, because a step that changes no layer at all is not what the
    /// paper trains with.
    func stepSpeedups(_ claim: Claim, reading: ClaimReading?) -> [ClaimAssessment] {
        let eligible = speedups.filter { $0.candidate.sparsity < 1 || claim.sparsity == 1 }
        guard !eligible.isEmpty else {
            return [nothing(claim, reading: reading, "no step of LeZO was timed against MeZO's")]
        }
        let matching = eligible.filter { isAssessable($0.candidate, for: claim) }
        if matching.isEmpty {
            return bestOfOtherData(eligible, claim: claim, reading: reading)
        }
        return Grouping.inOrder(matching) { TimingComparability($0.candidate.cell) }
            .compactMap { bestSpeedup(of: $0.items, claim: claim, reading: reading) }
    }

    /// Where the claim's own rows were not timed, the largest speedup of any, one a plan: it shows the direction.
    private func bestOfOtherData(
        _ speedups: [StepSpeedup], claim: Claim, reading: ClaimReading?
    ) -> [ClaimAssessment] {
        let plans = Set(speedups.map(\.candidate.cell.plan)).sorted { $0.rawValue > $1.rawValue }
        let assessments = plans.compactMap { plan -> ClaimAssessment? in
            let measured = speedups.filter { $0.candidate.cell.plan == plan && $0.measurement != nil }
            guard let best = measured.max(by: { $0.isSlower(than: $1) }) else { return nil }
            return assessment(
                of: claim, best, among: measured, pickedFrom: measured.count, reading: reading,
                note: "the fastest of all rows timed")
        }
        return assessments.isEmpty
            ? [
                nothing(
                    claim, reading: reading,
                    "no step on \(claim.task) was timed, nor any other with an interval")
            ]
            : assessments
    }

    private func bestSpeedup(
        of members: [StepSpeedup], claim: Claim, reading: ClaimReading?
    ) -> ClaimAssessment? {
        let measured = members.filter { $0.measurement != nil }
        let shown =
            claim.sparsity.map { stated in
                measured.min {
                    abs($0.candidate.sparsity - stated) < abs($1.candidate.sparsity - stated)
                }
            } ?? measured.max { $0.isSlower(than: $1) }
        guard let shown else {
            return members.first.flatMap { refusal(of: $0, claim: claim, reading: reading) }
        }
        let note =
            if claim.sparsity != nil {
                "the sparsity nearest to the claim's"
            } else if measured.count > 1 {
                "the fastest of \(measured.count) sparsities below 1"
            } else {
                "the only sparsity timed"
            }
        return assessment(
            of: claim, shown, among: measured, pickedFrom: claim.sparsity == nil ? measured.count : 1,
            reading: reading, note: note)
    }

    /// The assessment of one speedup, which may be the fastest of several.
    ///
    /// The fastest of several is also the luckiest, so that its own interval would be too sure of it: it is judged by the
    /// interval whose chance to miss is divided by their number (Bonferroni).
    private func assessment(
        of claim: Claim, _ shown: StepSpeedup, among measured: [StepSpeedup], pickedFrom count: Int,
        reading: ClaimReading?, note: String
    ) -> ClaimAssessment? {
        guard let measurement = shown.measurement else { return nil }
        let chanceToMiss = claim.relation == .equal ? 0.1 : 0.05
        let confidence = 1 - chanceToMiss / Double(count)
        let deciding = shown.interval(confidence: confidence)
        let tooFew =
            deciding == nil
            ? "as the fastest of \(count) it needs an interval at \(String(format: "%.2f", 100 * confidence))%, which "
                + "\(shown.pairs.count) rounds cannot give" : nil
        return assessment(
            of: claim,
            ClaimMeasurement(
                cell: shown.candidate, reading: reading,
                subject: "\(method(of: shown.candidate)) against MeZO, \(place(of: shown.candidate))",
                value: measurement.speedup, interval: deciding ?? measurement.interval,
                confidence: count > 1 && deciding != nil ? confidence : nil,
                repetition: (.round, shown.pairs.count),
                obstacle: measurement.driftWarning ?? tooFew
                    ?? doubt(about: shown, among: measured, confidence: confidence, claim: claim),
                remarks: [note] + [measurement.driftRemark].compactMap { $0 }
                    + remarks(shown.candidate, claim)), unreachable: unreachable(claim, by: shown))
    }

    /// Why a model cannot show a claimed speedup on any machine, or nil.
    ///
    /// Nothing but perturbing and updating the parameters left out is saved, so their share alone sets an end.
    private func unreachable(_ claim: Claim, by speedup: StepSpeedup) -> String? {
        guard let largest = speedup.largestSpeedup, let share = speedup.candidate.droppedParameterShare,
            largest <= claim.value, let interval = speedup.measurement?.interval, interval.upper < largest
        else { return nil }
        return
            "only \(percent(share))% of this model's parameters are left out, so no step could be more than "
            + "\(rounded(largest)) times as fast, whatever perturb and update take"
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }

    /// What keeps the fastest sparsity's interval from deciding, or nil.
    private func doubt(
        about shown: StepSpeedup, among measured: [StepSpeedup], confidence: Double, claim: Claim
    ) -> String? {
        guard claim.sparsity == nil, let interval = shown.interval(confidence: confidence),
            interval.upper < claim.value
        else { return nil }
        return measured.contains { $0.interval(confidence: confidence)?.contains(claim.value) ?? true }
            ? "another sparsity's interval holds the reported figure" : nil
    }

    private func refusal(
        of speedup: StepSpeedup, claim: Claim, reading: ClaimReading?
    ) -> ClaimAssessment? {
        guard case .refused(let reason) = speedup.outcome else { return nil }
        return ClaimAssessment(
            claim: claim, reading: reading, cell: speedup.candidate,
            subject: "\(method(of: speedup.candidate)) against MeZO, \(place(of: speedup.candidate))",
            verdict: .undecided(reason: reason))
    }

    /// LeZO's time to MeZO's score against MeZO's own, for every sparsity and plan that was trained.
    func speedupsToEqualScore(_ claim: Claim) -> [ClaimAssessment] {
        let matching = timesToTarget.filter { claim.isAbout($0.candidate.representative.cell.workload) }
        let assessments = matching.map { time -> ClaimAssessment in
            let cell = time.candidate.representative
            let reading = ClaimReading.toEqualScore
            guard case .measured(let count) = time.stepCount, let product = time.product else {
                return ClaimAssessment(
                    claim: claim, reading: reading, cell: cell, subject: subject(of: time),
                    verdict: .undecided(
                        reason: time.reasonWithoutProduct ?? "one of the two factors is missing"))
            }
            return assessment(
                of: claim,
                ClaimMeasurement(
                    cell: cell, reading: reading, subject: subject(of: time), value: product.ratio,
                    interval: product.decidingInterval, repetition: (.seed, time.pairs.count),
                    obstacle: obstacle(of: time, product),
                    remarks: time.remarks(on: count)
                        + (product.isSpacingLarge
                            ? ["the interval is widened by what the spacing of evaluations leaves open"] : [])
                ),
                seeds: time.pairs.count)
        }
        return assessments.isEmpty
            ? [
                nothing(
                    claim, reading: .toEqualScore,
                    "no LeZO and MeZO were trained with the same seeds on \(place(of: claim))")
            ]
            : assessments
    }

    /// What keeps a product of factors from deciding, or nil.
    private func obstacle(of time: TimeToTarget, _ product: FactorProduct) -> String? {
        if product.interval == nil {
            return
                "\(time.pairs.count == 1 ? "one seed gives" : "so few seeds give") no interval of the step count"
        }
        if product.decidingInterval == nil {
            return
                "evaluations are too far apart: the target may have been reached right after the first step"
        }
        return time.timesOfTrainingAgainstRounds
    }

    /// The measured times of whole trainings, for every sparsity and plan that was trained.
    func wholeTrainings(_ claim: Claim) -> [ClaimAssessment] {
        let matching = timesToTarget.filter { claim.isAbout($0.candidate.representative.cell.workload) }
        let assessments = matching.compactMap { time -> ClaimAssessment? in
            guard let ratio = time.trainingTime else { return nil }
            return assessment(
                of: claim,
                ClaimMeasurement(
                    cell: time.candidate.representative, reading: .wholeTraining, subject: subject(of: time),
                    value: ratio.ratio, interval: ratio.interval, repetition: (.seed, ratio.pairCount),
                    obstacle: ratio.interval == nil ? "one pair of trials gives no interval" : nil,
                    remarks: [
                        "trials ran one after the other, so drift of the machine is not in the interval"
                    ]), seeds: ratio.pairCount)
        }
        return assessments.isEmpty
            ? [
                nothing(
                    claim, reading: .wholeTraining,
                    "no LeZO and MeZO were trained with the same seeds on \(place(of: claim))")
            ]
            : assessments
    }

    private func subject(of time: TimeToTarget) -> String {
        "\(method(of: time.candidate.representative)) against MeZO, \(place(of: time.candidate.representative))"
    }

    private func place(of claim: Claim) -> String {
        claim.isAboutAnyTask ? "any task" : claim.task
    }
}

extension StepSpeedup {
    fileprivate func isSlower(than other: StepSpeedup) -> Bool {
        (measurement?.speedup ?? 0) < (other.measurement?.speedup ?? 0)
    }
}
