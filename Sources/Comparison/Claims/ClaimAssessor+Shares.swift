import Optimizers
import ResultStore
import Statistics
import Training

extension ClaimAssessor {
    /// The share of a phase in a step, once for each setting that the claim may be about.
    func phaseShares(_ claim: Claim) -> [ClaimAssessment] {
        let method = ClaimMethod(claim)
        var seen: Set<TimingComparability> = []
        let assessments = snapshot.orderedCells.compactMap { cell -> ClaimAssessment? in
            guard method.isRun(by: cell.cell), isNearest(cell, to: claim),
                isAssessable(cell, for: claim), let key = TimingComparability(cell.cell),
                !seen.contains(key), let summary = StepTimeSummary.rounds(of: cell, in: snapshot)
            else { return nil }
            seen.insert(key)
            let share = summary.share(of: claim.metric)
            return assessment(
                of: claim,
                ClaimMeasurement(
                    cell: cell, subject: "\(self.method(of: cell)), \(place(of: cell))",
                    value: 100 * share.median,
                    interval: share.interval?.mapped(increasing: { 100 * $0 }),
                    repetition: (.round, summary.unitCount), obstacle: summary.reasonAgainst,
                    remarks: remarks(cell, claim)))
        }
        return assessments.isEmpty
            ? [nothing(claim, "no step of \(claim.method) was timed in rounds on what the claim is about")]
            : assessments
    }

    /// Whether a cell can say something about a claim: its own workload, or rows of the length that its task has.
    func isAssessable(_ cell: CellResult, for claim: Claim) -> Bool {
        if claim.isAbout(cell.cell.workload) { return true }
        return cell.cell.workload.tokens.map { circumstances.isLength($0, of: claim) } ?? false
    }

    /// What a reader must know of a cell's rows.
    func remarks(_ cell: CellResult, _ claim: Claim) -> [String] {
        [circumstances.remarkOnLength(of: cell, claim: claim)].compactMap { $0 }
    }

    /// Of cells that differ in sparsity only, whether this one's is nearest to the claim's.
    private func isNearest(_ cell: CellResult, to claim: Claim) -> Bool {
        guard let stated = claim.sparsity, cell.cell.droppedLayerCount > 0 else { return true }
        let key = TimingComparability(cell.cell)
        return !snapshot.cells.contains {
            $0.cell.droppedLayerCount > 0 && TimingComparability($0.cell) == key
                && abs($0.sparsity - stated) < abs(cell.sparsity - stated)
        }
    }
}

extension StepTimeSummary {
    /// The share of a phase that a claim's metric names.
    func share(of metric: ClaimMetric) -> Centre {
        switch metric {
        case .perturbShare: perturbShare
        case .forwardShare: forwardShare
        case .updateShare: updateShare
        default: overheadShare
        }
    }
}
