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

    private static func accuracy(_ findings: SuiteFindings) -> [String] {
        findings.accuracy.rows.compactMap { row in
            guard let mean = row.meanValue, let score = row.scores.first else { return nil }
            let rate =
                row.choice?.chosen.learningRate.map { " at learning rate \(Figures.setting($0))" } ?? ""
            let subject =
                "\(row.representative.cell.model.words), \(findings.names.phrase(row.representative))\(rate)"
            let metric = score.metric == "accuracy" ? "% right" : "% \(score.metric.uppercased())"
            if row.scores.count == 1 {
                let interval = score.interval.map {
                    "95% interval \(Figures.percent($0.lower)) to \(Figures.percent($0.upper)), "
                }
                return "\(subject): \(Figures.percent(mean))\(metric) "
                    + "(\(interval ?? "")\(score.exampleCount) test examples)."
            }
            return "\(subject): \(Figures.percent(mean))\(metric), the mean of \(row.scores.count) trials."
        }
    }

    private static func overhead(_ findings: SuiteFindings) -> [String] {
        findings.roundTimes
            .filter { $0.cell.cell.droppedLayerCount == 0 && $0.reasonAgainst == nil }
            .map { summary in
                let bound = amdahlBound(overheadShare: summary.overheadShare.median, droppedParameterShare: 1)
                return
                    "\(summary.cell.cell.model.words) at \(summary.cell.cell.workload.words): perturb and update are "
                    + "\(Figures.percent(summary.overheadShare.median, decimals: 0))% of a MeZO step (the paper: "
                    + "\(findings.reportedOverheadShare)), so no sparsity can give more than \(Figures.ratio(bound))x per step."
            }
    }

    private static func speedups(_ findings: SuiteFindings) -> [String] {
        findings.speedups.map { speedup in
            let subject = "\(speedup.candidate.cell.model.words), \(findings.names.phrase(speedup.candidate))"
            switch speedup.outcome {
            case .refused(let reason): return "\(subject): no speedup is given, because \(reason)."
            case .measured(let measurement):
                let bound = speedup.limit.map { "Amdahl's bound is \(Figures.ratio($0.bound))x, " } ?? ""
                return
                    "\(subject): a step is \(Figures.ratio(measurement.speedup)) times as fast as MeZO's (95% interval "
                    + "\(Figures.ratio(measurement.interval.lower)) to \(Figures.ratio(measurement.interval.upper)), "
                    + "\(Figures.count(speedup.pairs.count, "round"))); \(bound)the paper says "
                    + "\(findings.reportedSpeedup(for: speedup.candidate))."
            }
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
