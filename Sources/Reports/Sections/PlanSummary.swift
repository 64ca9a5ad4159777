import Comparison
import ResultStore
import Statistics
import Training

/// The summary's sentences on the fused plan, one for each model, on MeZO's step where it was timed on both plans; of a
/// series of lengths the two ends.
enum PlanSummary {
    static func sentences(_ findings: SuiteFindings) -> [String] {
        let shown = findings.planSpeedups.filter { isShown($0, findings) }
        return Grouping.inOrder(shown) { $0.candidate.cell.model.words }.flatMap { model, members in
            let dense = members.filter { $0.candidate.cell.droppedLayerCount == 0 }
            let chosen = dense.isEmpty ? members : dense
            let others = chosen.count < members.count ? " LeZO's steps are in the table of plans." : ""
            return Grouping.inOrder(chosen) { findings.names.methodAndSparsity($0.candidate) }.map {
                sentence("\(model): \($0.key)'s step", $0.items) + others
            }
        }
    }

    private static func sentence(_ subject: String, _ speedups: [StepSpeedup]) -> String {
        let first = speedups.firstIndex { $0.measurement != nil }
        let phrases = speedups.enumerated().map { index, speedup in
            let place = MethodNames.place(speedup.candidate.cell)
            guard let measurement = speedup.measurement else { return "without a figure \(place)" }
            let remarks = [
                Figures.ends(measurement.interval, by: Figures.ratio), measurement.driftWarning,
            ].compactMap { $0 }
            return "\(Figures.ratio(measurement.speedup))\(index == first ? " times as fast" : "") \(place) "
                + "(\(remarks.joined(separator: "; ")))"
        }
        return "\(subject) is on the fused plan, next to the reference plan, \(Figures.joined(phrases))."
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
