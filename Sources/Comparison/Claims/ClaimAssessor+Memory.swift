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
    /// claim. Of rounds where both methods have some, else of whole trials.
    private func processMemoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        let ofRounds = processMemoryRatios(claim, preferring: .rounds)
        let assessments = ofRounds.isEmpty ? processMemoryRatios(claim, preferring: .trials) : ofRounds
        return assessments.isEmpty
            ? [
                nothing(
                    claim,
                    "no \(claim.method) has a peak of memory beside MeZO's on what the claim is about")
            ]
            : assessments
    }

    private func processMemoryRatios(
        _ claim: Claim, preferring source: MemorySource
    ) -> [ClaimAssessment] {
        let table = MemoryTable(from: snapshot, preferring: source)
        return table.rows.compactMap { row -> ClaimAssessment? in
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
                        "largest resident memory of \(row.source == .rounds ? "timing rounds" : "whole trials"), each "
                            + "method at its own batch, loading included"
                    ] + remarks(cell, claim)))
        }
    }

    /// Peak memory of LeZO's rounds over MeZO's, the largest of all sparsities of a setting.
    private func sparseMemoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        let known = speedups.compactMap { speedup -> (speedup: StepSpeedup, ratio: HodgesLehmann)? in
            guard isAssessable(speedup.candidate, for: claim) else { return nil }
            return speedup.peakMemoryLogRatio.map { (speedup, $0) }
        }
        let largest = Grouping.inOrder(known) { TimingComparability($0.speedup.candidate.cell) }
            .compactMap { $0.items.max { $0.ratio.estimate < $1.ratio.estimate } }
        let assessments = largest.map { speedup, ratio in
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
        return assessments.isEmpty ? sparseTrialMemoryRatios(claim) : assessments
    }

    /// The same from the peaks of trials, where no rounds were taken.
    ///
    /// Trials are not paired as rounds are, and their peaks hold evaluation and checkpoints too, so there is no interval.
    private func sparseTrialMemoryRatios(_ claim: Claim) -> [ClaimAssessment] {
        let table = MemoryTable(from: snapshot, preferring: .trials)
        let pairs = table.rows.compactMap { row -> (row: MemoryTable.Row, ratio: Double)? in
            let cell = row.representative
            guard row.source == .trials, cell.cell.droppedLayerCount > 0, isAssessable(cell, for: claim),
                let baseline = table.rows.first(where: { other in
                    other.source == .trials
                        && other.representative.cell.method.zerothOrderSettings?.droppedLayerCount == 0
                        && TimingComparability(other.representative.cell) == TimingComparability(cell.cell)
                })
            else { return nil }
            return (row, Double(row.peakBytes) / Double(baseline.peakBytes))
        }
        let assessments = Grouping.inOrder(pairs) { TimingComparability($0.row.representative.cell) }
            .compactMap { _, members -> ClaimAssessment? in
                guard let largest = members.max(by: { $0.ratio < $1.ratio }) else { return nil }
                let cell = largest.row.representative
                return assessment(
                    of: claim,
                    ClaimMeasurement(
                        cell: cell, subject: "\(method(of: cell)) over MeZO, \(place(of: cell))",
                        value: largest.ratio, interval: nil,
                        repetition: (.process, largest.row.processCount),
                        remarks: [
                            "largest resident memory of whole trials, as no rounds were taken: loading, evaluation and "
                                + "checkpoints included, the sparsity with most"
                        ] + remarks(cell, claim)))
            }
        return assessments.isEmpty
            ? [
                nothing(
                    claim, "neither rounds nor trials of LeZO stand beside MeZO's on what the claim is about")
            ] : assessments
    }
}
