import LanguageModels
import Optimizers
import ResultStore
import Training

extension ClaimAssessor {
    /// Peak memory of fine-tuning with Adam over MeZO's, one for each model on the claim's task.
    ///
    /// The published code keeps all activations, so cells that compute them again say nothing of the claim.
    func fineTuningMemoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        let table = MemoryTable(from: snapshot)
        let assessments = table.rows.compactMap { row -> ClaimAssessment? in
            let cell = row.representative
            guard ClaimMethod(claim).isRun(by: cell.cell), isAssessable(cell, for: claim),
                cell.cell.method.firstOrderSettings?.retention == .kept,
                let baseline = table.mezo(for: row)
            else { return nil }
            return assessment(
                of: claim,
                ClaimMeasurement(
                    cell: cell, subject: "\(method(of: cell)) over MeZO, \(place(of: cell))",
                    value: Double(row.peakBytes) / Double(baseline.peakBytes), interval: nil,
                    repetition: (.process, row.processCount),
                    remarks: [
                        "largest resident memory of whole processes, each method at its own batch, loading included"
                    ] + remarks(cell, claim)))
        }
        return assessments.isEmpty
            ? [
                nothing(
                    claim, "no \(claim.method) has a peak of memory beside MeZO's on what the claim is about")
            ]
            : assessments
    }
}
