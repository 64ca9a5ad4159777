import Comparison
import ResultStore
import Statistics
import Training

/// The summary's sentences on the fused plan, one for each model and workload; of a series of lengths the two ends.
enum PlanSummary {
    static func sentences(_ findings: SuiteFindings) -> [String] {
        var groups: [(subject: String, phrases: [String])] = []
        for speedup in findings.planSpeedups where isShown(speedup, findings) {
            let cell = speedup.candidate.cell
            let subject = "\(cell.model.words), \(cell.workload.words)"
            let phrase = phrase(of: speedup, findings)
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                groups[index].phrases.append(phrase)
            } else {
                groups.append((subject, [phrase]))
            }
        }
        return groups.map { subject, phrases in
            "\(subject): on the fused plan a step is, next to the reference plan, \(Figures.joined(phrases))."
        }
    }

    private static func phrase(of speedup: StepSpeedup, _ findings: SuiteFindings) -> String {
        let method = findings.names.methodAndSparsity(speedup.candidate)
        guard let measurement = speedup.measurement else { return "without a figure for \(method)" }
        let ends = Figures.ends(measurement.interval, by: Figures.ratio) ?? Figures.none
        let drift = measurement.driftWarning.map { "; \($0)" } ?? ""
        return
            "\(Figures.ratio(measurement.speedup)) times as fast for \(method) (95% interval \(ends)\(drift))"
    }

    private static func isShown(_ speedup: StepSpeedup, _ findings: SuiteFindings) -> Bool {
        let tokens = speedup.candidate.cell.workload.tokens
        let series = findings.tokenSeries.first { series in
            series.points.contains { point in
                point.baseline.cell.id == speedup.candidate.id
                    || point.speedups.contains { $0.candidate.id == speedup.candidate.id }
            }
        }
        guard let series else { return true }
        return tokens == series.points.first?.tokens || tokens == series.points.last?.tokens
    }
}
