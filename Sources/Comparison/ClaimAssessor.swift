import Foundation
import LanguageModels
import Optimizers
import Provenance
import ResultStore
import Statistics
import Training

/// The measurements that claims are held against.
struct ClaimAssessor {
    var snapshot: ResultSnapshot
    var speedups: [StepSpeedup]

    func assess(_ claim: Claim) -> [ClaimAssessment] {
        switch claim.metric {
        case "phase_share": phaseShares(claim)
        case "speedup_wallclock", "speedup_step": stepSpeedups(claim)
        case "memory_ratio": memoryRatios(claim)
        case "avg", "accuracy":
            [
                nothing(
                    claim,
                    "the paper's average over tasks was not measured; LeZO against MeZO on the same examples is in "
                        + "the section Accuracy, and a verdict of no loss needs several seeds")
            ]
        default: [nothing(claim, "this report does not measure \(claim.metric)")]
        }
    }

    /// MeZO's share of perturb and update, once for each workload that the claim may be about.
    private func phaseShares(_ claim: Claim) -> [ClaimAssessment] {
        var seen: Set<TimingComparability> = []
        let assessments = snapshot.orderedCells.compactMap { cell -> ClaimAssessment? in
            guard cell.cell.droppedLayerCount == 0, claim.isAbout(cell.cell.workload),
                let key = TimingComparability(cell.cell), !seen.contains(key),
                let summary = StepTimeSummary.rounds(of: cell, in: snapshot)
            else { return nil }
            seen.insert(key)
            return ClaimAssessment(
                claim: claim, cell: cell, subject: "perturb and update, MeZO, \(place(of: cell))",
                value: 100 * summary.overheadShare.median,
                interval: summary.overheadShare.interval?.mapped(increasing: { 100 * $0 }),
                undecidedBecause: summary.reasonAgainst,
                differences: differences(of: cell, claim: claim))
        }
        return assessments.isEmpty ? [nothing(claim, "no MeZO cell was timed in rounds")] : assessments
    }

    /// The best LeZO cell of each workload: the claims do not say at which sparsity they hold.
    ///
    /// Sparsity 1 is left out, because a step that changes no layer at all is not what the paper trains with.
    private func stepSpeedups(_ claim: Claim) -> [ClaimAssessment] {
        let eligible = speedups.filter { $0.candidate.sparsity < 1 }
        let matching = eligible.filter { claim.isAbout($0.candidate.cell.workload) }
        if matching.isEmpty {
            guard !eligible.isEmpty else { return [nothing(claim, "no LeZO cell was timed against MeZO")] }
            return [nothing(claim, "no step on \(claim.task) was timed; see the step times of what was")]
        }
        var groups: [(key: TimingComparability?, members: [StepSpeedup])] = []
        for speedup in matching {
            let key = TimingComparability(speedup.candidate.cell)
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].members.append(speedup)
            } else {
                groups.append((key, [speedup]))
            }
        }
        return groups.compactMap { bestSpeedup(of: $0.members, claim: claim) }
    }

    private func bestSpeedup(of members: [StepSpeedup], claim: Claim) -> ClaimAssessment? {
        let measured = members.filter { $0.measurement != nil }
        guard let shown = shownSpeedup(of: measured, claim: claim), let measurement = shown.measurement
        else {
            return members.first.flatMap { refusal(of: $0, claim: claim) }
        }
        return ClaimAssessment(
            claim: claim, cell: shown.candidate,
            subject:
                "step of LeZO at sparsity \(sparsity(of: shown)) against MeZO, \(place(of: shown.candidate))",
            value: measurement.speedup, interval: measurement.interval,
            undecidedBecause: doubt(about: measurement, among: measured, claim: claim),
            differences: [choice(among: measured, claim: claim)]
                + differences(of: shown.candidate, claim: claim))
    }

    /// The sparsity nearest to the claim's, or the fastest when the claim states none.
    private func shownSpeedup(of measured: [StepSpeedup], claim: Claim) -> StepSpeedup? {
        if let stated = claim.sparsity {
            return measured.min { abs($0.candidate.sparsity - stated) < abs($1.candidate.sparsity - stated) }
        }
        return measured.max { ($0.measurement?.speedup ?? 0) < ($1.measurement?.speedup ?? 0) }
    }

    private func choice(among measured: [StepSpeedup], claim: Claim) -> String {
        if let stated = claim.sparsity {
            return
                "the claim leaves out \(String(format: "%.0f", 100 * stated))% of the layers, shown is the nearest "
                + "sparsity timed"
        }
        let choice =
            measured.count > 1
            ? "the fastest of \(measured.count) sparsities below 1" : "the only sparsity timed"
        return "the claim's sparsity is not stated, shown is \(choice)"
    }

    /// What keeps the fastest sparsity's interval from deciding, or nil.
    private func doubt(
        about measurement: StepSpeedup.Measurement, among measured: [StepSpeedup], claim: Claim
    ) -> String? {
        if claim.metric == "speedup_wallclock" {
            let direction = ClaimVerdict.direction(of: measurement.interval, from: claim, toleranceFactor: 1)
            return
                "only the step was timed (\(direction)); the claim does not say whether per step or to equal "
                + "accuracy"
        }
        if let drift = measurement.driftWarning { return drift }
        let holdsFigure = measured.contains { $0.measurement?.interval.contains(claim.value) ?? false }
        return holdsFigure && measurement.interval.upper < claim.value
            ? "another sparsity's interval holds the reported figure" : nil
    }

    private func refusal(of speedup: StepSpeedup, claim: Claim) -> ClaimAssessment? {
        guard case .refused(let reason) = speedup.outcome else { return nil }
        return ClaimAssessment(
            claim: claim, subject: place(of: speedup.candidate), verdict: .undecided(reason: reason),
            differences: differences(of: speedup.candidate, claim: claim),
            isOnJudgedPlan: speedup.candidate.cell.plan == .reference)
    }

    private func sparsity(of speedup: StepSpeedup) -> String {
        String(format: "%.2f", speedup.candidate.sparsity)
    }

    /// The peak memory of LeZO's rounds over MeZO's, the largest of all sparsities of a workload.
    private func memoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        var largest: [(key: TimingComparability?, speedup: StepSpeedup, ratio: HodgesLehmann)] = []
        for speedup in speedups where claim.isAbout(speedup.candidate.cell.workload) {
            guard let ratio = speedup.peakMemoryLogRatio else { continue }
            let key = TimingComparability(speedup.candidate.cell)
            if let index = largest.firstIndex(where: { $0.key == key }) {
                if ratio.estimate > largest[index].ratio.estimate { largest[index] = (key, speedup, ratio) }
            } else {
                largest.append((key, speedup, ratio))
            }
        }
        let assessments = largest.map { _, speedup, ratio in
            ClaimAssessment(
                claim: claim, cell: speedup.candidate,
                subject:
                    "peak resident memory of the whole process, loading included, LeZO at sparsity "
                    + "\(sparsity(of: speedup)) over MeZO, \(place(of: speedup.candidate))",
                value: exp(ratio.estimate), interval: ratio.interval?.mapped(increasing: { exp($0) }),
                undecidedBecause: nil,
                differences: ["held against a tolerance of 1%"]
                    + differences(of: speedup.candidate, claim: claim),
                toleranceFactor: 1.01)
        }
        return assessments.isEmpty ? [nothing(claim, "no LeZO cell has rounds beside MeZO's")] : assessments
    }

    private func nothing(_ claim: Claim, _ reason: String) -> ClaimAssessment {
        ClaimAssessment(claim: claim, verdict: .notMeasured(reason: reason))
    }

    private func place(of cell: CellResult) -> String {
        let plan = Set(snapshot.cells.map(\.cell.plan)).count > 1 ? ", \(cell.cell.plan.rawValue) plan" : ""
        return "\(cell.cell.model.words), \(cell.cell.workload.words)\(plan)"
    }

    /// What is known to differ from the claim's circumstances; the ledger has neither hardware nor sequence length.
    private func differences(of cell: CellResult, claim: Claim) -> [String] {
        var phrases: [String] = []
        if cell.cell.model.isOfficialOPT, claim.model.contains("not stated") {
            phrases.append("the claim's model size is not stated, ours is \(cell.cell.model.name)")
        }
        if cell.cell.model.hasRandomWeights { phrases.append("random weights") }
        if cell.cell.workload.isShape {
            phrases.append("random tokens")
        } else {
            phrases.append("batch \(cell.cell.batchSize) (the claim's is not stated)")
        }
        let ids = cell.timedRounds.compactMap(\.environmentID).sorted()
        if let environment = ids.first.flatMap({ snapshot.environments[$0] }) {
            phrases.append(
                "\(environment.processor), \(environment.threadCount) threads (the claim's hardware is not stated)"
            )
        }
        if claim.baseline == "MeZO", claim.method != "LeZO" {
            phrases.append("the claim's method is \(claim.method), ours LeZO")
        }
        phrases.append("\(cell.cell.plan.rawValue) plan \(cell.cell.model.storage.words)")
        return phrases
    }
}
