import Comparison
import Foundation
import ResultStore
import Statistics
import Training

/// The findings in sentences, for a reader who reads nothing else.
enum SummarySection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let sentences =
            [progress(findings)] + warnings(findings) + accuracy(findings) + overhead(findings)
            + speedups(findings) + claims(findings)
        return [.list(sentences)]
    }

    private static func progress(_ findings: SuiteFindings) -> String {
        let progress = findings.progress
        let rounds =
            progress.roundCount > 0 ? ", and \(Figures.count(progress.roundCount, "timing round"))" : ""
        guard progress.trialCount > 0 else {
            return
                "The suite has no trials\(rounds.isEmpty ? "" : ", but \(Figures.count(progress.roundCount, "timing round"))")."
        }
        let done = progress.counts[.done] ?? 0
        let others = TrialStatus.allCases.filter { $0 != .done }.compactMap { status in
            progress.counts[status].map { "\($0) \(status.rawValue)" }
        }
        let rest = others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
        return
            "\(done) of \(Figures.count(progress.trialCount, "trial")) \(done == 1 ? "is" : "are") done\(rest)\(rounds)."
    }

    private static func warnings(_ findings: SuiteFindings) -> [String] {
        var sentences: [String] = []
        let random = Set(findings.cells.map(\.cell.model).filter(\.hasRandomWeights).map(\.name)).sorted()
        if !random.isEmpty {
            sentences.append(
                "\(Figures.joined(random)) \(random.count == 1 ? "has" : "have") random weights in the official shape: "
                    + "only times are measured on \(random.count == 1 ? "it" : "them").")
        }
        for reason in Set(findings.roundTimes.compactMap(\.reasonAgainst)).sorted() {
            sentences.append("Step times are not to be used: \(reason).")
        }
        return sentences
    }

    /// One sentence for each model and task, with all its methods.
    private static func accuracy(_ findings: SuiteFindings) -> [String] {
        var groups: [(subject: String, phrases: [String])] = []
        for row in findings.accuracy.rows {
            guard let phrase = phrase(of: row, findings) else { continue }
            let subject =
                "\(row.representative.cell.model.words) on \(row.representative.cell.workload.words)"
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                groups[index].phrases.append(phrase)
            } else {
                groups.append((subject, [phrase]))
            }
        }
        return groups.map { "\($0.subject): \($0.phrases.joined(separator: "; "))." }
    }

    /// A row such as `MeZO at learning rate 2e-5 67.5% right (95% interval 64.1 to 70.9, 872 test examples)`.
    private static func phrase(of row: AccuracyTable.Row, _ findings: SuiteFindings) -> String? {
        guard let mean = row.meanValue, let score = row.scores.first else { return nil }
        let rate = row.choice?.chosen.learningRate.map { " at learning rate \(Figures.setting($0))" } ?? ""
        let metric = score.metric == "accuracy" ? "% right" : "% \(score.metric.uppercased())"
        let figure =
            "\(findings.names.methodAndSparsity(row.representative))\(rate) \(Figures.percent(mean))\(metric)"
        guard row.scores.count == 1 else { return "\(figure), the mean of \(row.scores.count) trials" }
        let kind = score.intervalKind == .exactBinomial ? "" : "t "
        let interval = score.interval.map {
            "95% \(kind)interval \(Figures.percent($0.lower)) to \(Figures.percent($0.upper)), "
        }
        return "\(figure) (\(interval ?? "")\(score.exampleCount) test examples)"
    }

    private static func overhead(_ findings: SuiteFindings) -> [String] {
        var seen: Set<String> = []
        return findings.roundTimes
            .filter { $0.cell.cell.droppedLayerCount == 0 && $0.reasonAgainst == nil }
            // Cells that differ in step sizes only would say the same again.
            .filter { seen.insert("\($0.cell.cell.model.words), \(findings.names.phrase($0.cell))").inserted }
            .map { summary in
                let bound = amdahlBound(overheadShare: summary.overheadShare.median, droppedParameterShare: 1)
                return
                    "\(summary.cell.cell.model.words), \(summary.cell.cell.workload.words): perturb and update are "
                    + "\(Figures.percent(summary.overheadShare.median, decimals: 0))% of a MeZO step (the paper: "
                    + "\(findings.reportedOverheadShare)), so no sparsity can give more than \(Figures.ratio(bound))x per step."
            }
    }

    /// One sentence for each model and workload, with all its sparsities.
    private static func speedups(_ findings: SuiteFindings) -> [String] {
        var groups: [(subject: String, members: [StepSpeedup])] = []
        for speedup in findings.speedups {
            let cell = speedup.candidate.cell
            let subject = "\(cell.model.words), \(cell.workload.words), \(findings.names.method(cell))"
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
            let bound = speedup.limit.map { "; Amdahl's bound \(Figures.ratio($0.bound))" } ?? ""
            return "\(Figures.ratio(measurement.speedup)) times as fast at sparsity "
                + "\(Figures.fixed(speedup.candidate.sparsity, decimals: 2)) (95% interval "
                + "\(Figures.ratio(measurement.interval.lower)) to \(Figures.ratio(measurement.interval.upper))\(bound))"
        }
        guard !phrases.isEmpty, let first = speedups.first else { return nil }
        return "\(subject): a step is, next to MeZO's, \(Figures.joined(phrases)); the paper says "
            + "\(findings.reportedSpeedup(for: first.candidate))."
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

    private static func claims(_ findings: SuiteFindings) -> [String] {
        let assessments = findings.claims.assessments
        guard !assessments.isEmpty else { return [] }
        let order = ["supported here", "contradicted here", "undecided", "not comparable", "not measured"]
        let counts = order.compactMap { words -> String? in
            let count = assessments.count { $0.verdict.words == words }
            return count > 0 ? "\(count) \(words)" : nil
        }
        return ["Reported figures held against ours: \(counts.joined(separator: ", "))."]
    }
}
