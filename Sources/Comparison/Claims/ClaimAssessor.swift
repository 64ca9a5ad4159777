import Foundation
import LanguageModels
import Optimizers
import ResultStore
import Training

/// The measurements that claims are held against.
struct ClaimAssessor {
    var snapshot: ResultSnapshot
    var ledger: ClaimsLedger
    var speedups: [StepSpeedup]
    var accuracy: AccuracyTable
    var timesToTarget: [TimeToTarget]

    /// One assessment or more of a claim, in table order; one that says why when nothing of the kind was measured.
    func assess(_ claim: Claim) -> [ClaimAssessment] {
        if let reason = ClaimMethod(claim).reasonOfAbsence ?? absentBaseline(claim) {
            return [nothing(claim, reason)]
        }
        let kept = keepingTuned(as: claim)
        return switch claim.metric {
        case .overheadShare, .perturbShare, .forwardShare, .updateShare: kept.phaseShares(claim)
        case .stepSpeedup: kept.stepSpeedups(claim, reading: nil)
        case .speedup:
            kept.stepSpeedups(claim, reading: .perStep) + kept.speedupsToEqualScore(claim)
                + kept.wholeTrainings(claim)
        case .memoryRatio: kept.memoryRatios(claim)
        case .accuracy, .f1: kept.scores(claim)
        case .scoreChange: kept.scoreChanges(claim)
        case .averageScore: kept.averages(claim)
        }
    }

    /// An assessment of a measurement.
    ///
    /// - Parameter unreachable: Why what was measured could not have come out as claimed, or nil.
    func assessment(
        of claim: Claim, _ measurement: ClaimMeasurement, seeds: Int? = nil, unreachable: String? = nil
    ) -> ClaimAssessment {
        ClaimAssessment(
            claim: claim, measurement: measurement,
            mismatch: circumstances.mismatch(of: measurement.cell, with: claim) ?? unreachable,
            differences: circumstances.differences(of: measurement.cell, from: claim, seeds: seeds))
    }

    func nothing(_ claim: Claim, reading: ClaimReading? = nil, _ reason: String) -> ClaimAssessment {
        ClaimAssessment(claim: claim, reading: reading, verdict: .notMeasured(reason: reason))
    }

    var circumstances: ClaimCircumstances {
        ClaimCircumstances(snapshot: snapshot, ledger: ledger)
    }

    /// Model and workload, with the plan where a suite has several.
    func place(of cell: CellResult) -> String {
        let plans = Set(snapshot.cells.map(\.cell).filter(\.followsPlan).map(\.plan))
        let plan = plans.count > 1 && cell.cell.followsPlan ? ", \(cell.cell.plan.rawValue) plan" : ""
        return "\(cell.cell.model.words), \(cell.cell.workload.words)\(plan)"
    }

    /// LeZO with its sparsity, such as `LeZO at sparsity 0.75`; fine-tuning with what becomes of its activations where that
    /// varies.
    func method(of cell: CellResult) -> String {
        let adapters = cell.cell.method.adapterSettings.flatMap { TunedParameters.adapters($0).words }
        let retentions = Set(snapshot.cells.compactMap { $0.cell.method.firstOrderSettings?.retention })
        let retention = cell.cell.method.firstOrderSettings
            .flatMap {
                retentions.count > 1 && $0.tuned != .head ? "activations \($0.retention.rawValue)" : nil
            }
        let name = [cell.cell.method.words, adapters, retention].compactMap { $0 }.joined(separator: ", ")
        guard cell.cell.droppedLayerCount > 0 else { return name }
        return "\(name) at sparsity \(rounded(cell.sparsity))"
    }

    func rounded(_ share: Double) -> String {
        String(format: "%.2f", share)
    }

    private func absentBaseline(_ claim: Claim) -> String? {
        if ["none", "MeZO"].contains(claim.baseline) { return nil }
        return claim.baseline == "FT-Adam"
            ? "FT-Adam is compared in memory and scores alone"
            : "this program does not have \(claim.baseline)"
    }
}
