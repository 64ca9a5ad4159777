import LanguageModels
import Optimizers
import ResultStore
import Statistics
import Training

extension ClaimAssessor {
    /// Peak memory of the claim's method over MeZO's.
    func memoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        switch ClaimMethod(claim) {
        case .lezo, .nearLeZO: sparseMemoryRatios(claim)
        default: processMemoryRatios(claim)
        }
    }

    /// The largest peak of whole processes over MeZO's, one for each setting of the method on the claim's task.
    ///
    /// The published code keeps all activations for its backward pass, so cells that compute them again say nothing of a
    /// claim.
    private func processMemoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        let table = MemoryTable(from: snapshot)
        let assessments = table.rows.compactMap { row -> ClaimAssessment? in
            let cell = row.representative
            guard ClaimMethod(claim).isRun(by: cell.cell), isAssessable(cell, for: claim),
                cell.cell.method.firstOrderSettings?.retention != .recomputed,
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
                    claim,
                    "no \(claim.method) has a peak of memory beside MeZO's on what the claim is about")
            ]
            : assessments
    }

    /// Peak memory of LeZO's rounds over MeZO's, the largest of all sparsities of a setting.
    private func sparseMemoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        var largest: [(key: TimingComparability?, speedup: StepSpeedup, ratio: HodgesLehmann)] = []
        for speedup in speedups where isAssessable(speedup.candidate, for: claim) {
            guard let ratio = speedup.peakMemoryLogRatio else { continue }
            let key = TimingComparability(speedup.candidate.cell)
            if let index = largest.firstIndex(where: { $0.key == key }) {
                if ratio.estimate > largest[index].ratio.estimate { largest[index] = (key, speedup, ratio) }
            } else {
                largest.append((key, speedup, ratio))
            }
        }
        let assessments = largest.map { _, speedup, ratio in
            assessment(
                of: claim,
                ClaimMeasurement(
                    cell: speedup.candidate,
                    subject: "\(method(of: speedup.candidate)) over MeZO, \(place(of: speedup.candidate))",
                    value: ratio.ratio, interval: ratio.ratioInterval, repetition: (.round, ratio.count),
                    remarks: [
                        "peak resident memory of the whole process, loading included, the sparsity with most",
                        "agrees up to 1%",
                    ]))
        }
        return assessments.isEmpty
            ? [nothing(claim, "no LeZO cell has rounds beside MeZO's on what the claim is about")]
            : assessments
    }
}
