import Foundation
import Optimizers
import Provenance
package import ResultStore
package import Statistics
import Training

/// Holds the claims that a suite names against what the suite measured.
package struct ClaimAssessments: Sendable {
    /// All assessments, in the order in which the suite names its claims.
    package let assessments: [ClaimAssessment]
    /// Identifiers that the suite names and the ledger does not have.
    package let unknownClaims: [String]

    /// Assesses the claims of a snapshot.
    package init(of snapshot: ResultSnapshot, ledger: ClaimsLedger) {
        self.init(of: snapshot, ledger: ledger, speedups: StepSpeedups.all(in: snapshot))
    }

    /// The same with speedups that were computed already.
    package init(of snapshot: ResultSnapshot, ledger: ClaimsLedger, speedups: [StepSpeedup]) {
        let assessor = ClaimAssessor(snapshot: snapshot, speedups: speedups)
        assessments = snapshot.claims.compactMap { ledger[$0] }.flatMap(assessor.assess)
        unknownClaims = snapshot.claims.filter { ledger[$0] == nil }
    }
}

/// The measurements that claims are held against.
private struct ClaimAssessor {
    var snapshot: ResultSnapshot
    var speedups: [StepSpeedup]

    func assess(_ claim: Claim) -> [ClaimAssessment] {
        switch claim.metric {
        case "phase_share": phaseShares(claim)
        case "speedup_wallclock", "speedup_step": stepSpeedups(claim)
        case "memory_ratio": memoryRatios(claim)
        default:
            [
                ClaimAssessment(
                    claim: claim,
                    verdict: .notMeasured(
                        reason:
                            "holding a change of accuracy against a margin needs paired seeds over the paper's tasks"
                    ))
            ]
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
                differences: differences(of: cell))
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
        let measured = members.compactMap { member in member.measurement.map { (member, $0) } }
        guard let (speedup, measurement) = measured.max(by: { $0.1.speedup < $1.1.speedup }) else {
            guard let first = members.first, case .refused(let reason) = first.outcome else { return nil }
            return ClaimAssessment(
                claim: claim, subject: place(of: first.candidate), verdict: .undecided(reason: reason),
                differences: differences(of: first.candidate))
        }
        let sparsity = String(format: "%.2f", speedup.candidate.sparsity)
        let words =
            measured.count > 1
            ? "the fastest of \(measured.count) sparsities below 1" : "the only sparsity timed"
        return ClaimAssessment(
            claim: claim, cell: speedup.candidate,
            subject: "step of LeZO at sparsity \(sparsity) against MeZO, \(place(of: speedup.candidate))",
            value: measurement.speedup, interval: measurement.interval,
            undecidedBecause: measurement.hasDrifted
                ? "the two cells drifted differently over the rounds" : nil,
            differences: ["the paper's sparsity is not stated, shown is \(words)"]
                + differences(of: speedup.candidate))
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
                    "peak memory, LeZO at sparsity \(String(format: "%.2f", speedup.candidate.sparsity)) over "
                    + "MeZO, \(place(of: speedup.candidate))",
                value: exp(ratio.estimate), interval: ratio.interval?.mapped(increasing: { exp($0) }),
                undecidedBecause: nil,
                differences: ["held against a tolerance of 1%"] + differences(of: speedup.candidate),
                equalityFactor: 1.01)
        }
        return assessments.isEmpty ? [nothing(claim, "no LeZO cell has rounds beside MeZO's")] : assessments
    }

    private func nothing(_ claim: Claim, _ reason: String) -> ClaimAssessment {
        ClaimAssessment(claim: claim, verdict: .notMeasured(reason: reason))
    }

    private func place(of cell: CellResult) -> String {
        "\(cell.cell.model.words), \(cell.cell.workload.words)"
    }

    /// What is known to differ from the paper's circumstances; the sources reached state neither hardware nor length.
    private func differences(of cell: CellResult) -> [String] {
        var phrases: [String] = []
        if cell.cell.model.isOfficialOPT {
            phrases.append("the claim's model size is not stated, ours is \(cell.cell.model.name)")
        }
        if cell.cell.model.hasRandomWeights { phrases.append("random weights") }
        if cell.cell.workload.isShape {
            phrases.append("random tokens, \(cell.cell.workload.words)")
        } else {
            phrases.append("batch \(cell.cell.batchSize)")
        }
        let ids = cell.timedRounds.compactMap(\.environmentID).sorted()
        if let environment = ids.first.flatMap({ snapshot.environments[$0] }) {
            phrases.append(
                "\(environment.processor), \(environment.threadCount) threads; the paper's hardware is not stated"
            )
        }
        phrases.append("\(cell.cell.plan.rawValue) plan in 32-bit floats")
        return phrases
    }
}

extension StepSpeedup {
    /// The logarithm of LeZO's peak memory over MeZO's, over the rounds that both have; nil without such rounds.
    package var peakMemoryLogRatio: HodgesLehmann? {
        let byRound = Dictionary(
            baseline.timedRounds.map { ($0.round, $0.peakResidentBytes) },
            uniquingKeysWith: { first, _ in first })
        return HodgesLehmann(
            differences: candidate.timedRounds.sorted { $0.round < $1.round }.compactMap { round in
                guard let bytes = byRound[round.round], bytes > 0, round.peakResidentBytes > 0 else {
                    return nil
                }
                return log(Double(round.peakResidentBytes) / Double(bytes))
            })
    }
}
