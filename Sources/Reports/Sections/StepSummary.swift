import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// The summary's sentences on where a step's time goes and how much faster LeZO's is.
///
/// What belongs to a series of lengths is said by ``TokenSummary``, once for the whole series.
enum StepSummary {
    static func sentences(_ findings: SuiteFindings) -> [String] {
        overheads(findings) + speedups(findings) + TokenSummary.sentences(findings)
            + PlanSummary.sentences(findings)
    }

    private static func overheads(_ findings: SuiteFindings) -> [String] {
        var seen: Set<String> = []
        return findings.roundTimes
            .filter { $0.cell.cell.droppedLayerCount == 0 && $0.reasonAgainst == nil }
            .filter { !TokenSummary.covers($0.cell, findings) }
            // Cells that differ in step sizes only would say the same again.
            .filter { seen.insert("\($0.cell.cell.model.words), \(findings.names.phrase($0.cell))").inserted }
            .map { overhead($0, findings) }
    }

    private static func overhead(_ summary: StepTimeSummary, _ findings: SuiteFindings) -> String {
        let paper =
            summary.cell.cell.plan == .reference
            ? findings.reportedOverheadShare.map { "the paper: \($0)" } : nil
        let interval = Figures.ends(summary.overheadShare.interval) { Figures.percent($0) }
            .map { "95% interval \($0)" }
        let remarks = [interval ?? "too few rounds for an interval", paper].compactMap { $0 }
        let cell = summary.cell.cell
        let bound = summary.boundWithoutLayers.map {
            // Leaving layers out saves the fused plan more than noise, so that its bound is none.
            cell.plan == .fused
                ? ", so by sparing noise alone no sparsity can give more than \(Figures.ratio($0))x per step"
                : ", so no sparsity can give more than \(Figures.ratio($0))x per step"
        }
        return
            "\(cell.model.words), \(cell.workload.words)\(findings.names.planPhrase(cell)): perturb and update are "
            + "\(Figures.percent(summary.overheadShare.median))% of a MeZO step "
            + "(\(remarks.joined(separator: "; ")))\(bound ?? "")."
    }

    /// One sentence for each model, workload and plan, with all its sparsities.
    private static func speedups(_ findings: SuiteFindings) -> [String] {
        var groups: [(subject: String, members: [StepSpeedup])] = []
        for speedup in findings.speedups where !TokenSummary.covers(speedup.baseline, findings) {
            let cell = speedup.candidate.cell
            let subject =
                "\(cell.model.words), \(cell.workload.words)\(findings.names.planPhrase(cell)), "
                + findings.names.method(cell)
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                groups[index].members.append(speedup)
            } else {
                groups.append((subject, [speedup]))
            }
        }
        return groups.flatMap { group in
            [measured(group.members, subject: group.subject, findings)].compactMap { $0 }
                + refused(group.members, subject: group.subject)
        }
    }

    private static func measured(
        _ speedups: [StepSpeedup], subject: String, _ findings: SuiteFindings
    ) -> String? {
        let phrases = speedups.compactMap { speedup -> String? in
            guard let measurement = speedup.measurement else { return nil }
            let bound = speedup.limit.map { limit in
                let ends = Figures.ends(limit.interval, by: Figures.ratio).map { " (\($0))" } ?? ""
                return "; Amdahl's bound \(Figures.ratio(limit.bound))\(ends)"
            }
            let drift = measurement.driftWarning.map { "; \($0)" }
            return "\(Figures.ratio(measurement.speedup)) times as fast at sparsity "
                + "\(Figures.fixed(speedup.candidate.sparsity, decimals: 2)) (95% interval "
                + "\(Figures.ratio(measurement.interval.lower)) to \(Figures.ratio(measurement.interval.upper))\(bound ?? "")\(drift ?? ""))"
        }
        guard !phrases.isEmpty, let first = speedups.first else { return nil }
        let paper = findings.reportedSpeedup(for: first.candidate).map {
            "; the paper claims \($0), not saying whether per step or to equal accuracy, nor the hardware"
        }
        return "\(subject): a step is, next to MeZO's, \(Figures.joined(phrases))\(paper ?? "")."
    }

    private static func refused(_ speedups: [StepSpeedup], subject: String) -> [String] {
        var reasons: [(reason: String, sparsities: [String])] = []
        for speedup in speedups {
            guard case .refused(let reason) = speedup.outcome else { continue }
            let sparsity = Figures.fixed(speedup.candidate.sparsity, decimals: 2)
            if let index = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[index].sparsities.append(sparsity)
            } else {
                reasons.append((reason, [sparsity]))
            }
        }
        return reasons.map {
            "\(subject): no speedup is given at sparsity \(Figures.joined($0.sparsities)), because \($0.reason)."
        }
    }
}
