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

    /// Peak memory of LeZO's rounds over MeZO's, the largest of all sparsities of a setting.
    func memoryRatios(_ claim: Claim) -> [ClaimAssessment] {
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
