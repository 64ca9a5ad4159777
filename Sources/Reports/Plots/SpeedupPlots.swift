import Comparison
import Optimizers
import Plots
import ResultStore
import Statistics
import Training

/// The speedup of a step against sparsity, beside what Amdahl's law allows; one plot for each model, plan and method.
enum SpeedupPlots {
    static func all(_ findings: SuiteFindings) -> [Plot] {
        let measured = findings.speedups.filter { $0.measurement != nil }
        return Grouping.inOrder(measured) { speedup in
            let cell = speedup.candidate.cell
            return "\(findings.names.method(cell)) on \(cell.model.words), \(cell.plan.rawValue) plan"
        }.flatMap { subject, members in
            let workloads = Grouping.inOrder(members) { $0.candidate.cell.workload.words }
            return Grouping.chunks(workloads, of: PlotStyle.slotCount).map {
                plot($0, subject: subject, findings)
            }
        }
    }

    private static func plot(
        _ workloads: [(key: String, items: [StepSpeedup])], subject: String, _ findings: SuiteFindings
    ) -> Plot {
        let bounds = workloads.enumerated().compactMap { bound(of: $0.element.items, slot: $0.offset) }
        let legend =
            bounds.isEmpty
            ? [] : [CurveChart.Curve(label: "Amdahl's bound", style: .bound, slot: 5, points: [])]
        return Plot(
            name: "speedup \(subject)", title: "Speedup of a step against sparsity: \(subject)",
            subtitle: subtitle(workloads.flatMap(\.items), findings),
            description:
                "Measured speedups of a step, with 95% intervals. "
                + "\(workloads.map { "\($0.key): \(phrases($0.items))" }.joined(separator: ". ")).",
            chart: .curves(
                CurveChart(
                    xAxis: Axis(
                        title: "sparsity: share of decoder layers left out of a step", including: [0, 1]),
                    yAxis: Axis(title: "speedup (times as fast as MeZO's step)"),
                    curves: bounds
                        + workloads.enumerated().map {
                            curve(of: $0.element.items, label: $0.element.key, slot: $0.offset)
                        } + legend,
                    referenceLines: [CurveChart.ReferenceLine(y: 1, label: "as fast as MeZO")])))
    }

    private static func subtitle(_ speedups: [StepSpeedup], _ findings: SuiteFindings) -> String {
        var sentences = [
            "Step time of MeZO over that of LeZO. Bars: 95% interval over paired rounds."
        ]
        if speedups.contains(where: { $0.bindingLimit != nil }) {
            sentences.append(
                "Dotted: Amdahl's bound from the measured share of perturb and update, with its interval.")
        }
        if let first = speedups.first, let paper = findings.reportedSpeedup(for: first.candidate) {
            sentences.append("The paper claims \(paper), not saying whether per step.")
        }
        return sentences.joined(separator: " ")
    }

    private static func phrases(_ speedups: [StepSpeedup]) -> String {
        speedups.compactMap(phrase).joined(separator: ", ")
    }

    private static func phrase(_ speedup: StepSpeedup) -> String? {
        guard let measurement = speedup.measurement else { return nil }
        let sparsity = Figures.fixed(speedup.candidate.sparsity, decimals: 2)
        return "\(Figures.ratio(measurement.speedup)) at sparsity \(sparsity)"
    }

    private static func point(_ speedup: StepSpeedup) -> CurveChart.Point? {
        guard let measurement = speedup.measurement else { return nil }
        return CurveChart.Point(
            x: speedup.candidate.sparsity, y: measurement.speedup, low: measurement.interval.lower,
            high: measurement.interval.upper)
    }

    /// The measured points, from MeZO itself on, which is as fast as MeZO by definition.
    private static func curve(of speedups: [StepSpeedup], label: String, slot: Int) -> CurveChart.Curve {
        CurveChart.Curve(
            label: label, style: .measured, slot: slot,
            points: [CurveChart.Point(x: 0, y: 1)] + speedups.compactMap(point).sorted { $0.x < $1.x })
    }

    /// Amdahl's bound for every sparsity, from the share of perturb and update in the MeZO step.
    private static func bound(of speedups: [StepSpeedup], slot: Int) -> CurveChart.Curve? {
        guard let first = speedups.first, let share = first.bindingLimit?.overheadShare,
            let layers = first.candidate.layerParameterShare
        else { return nil }
        let points = (0...20).map { step in
            let sparsity = Double(step) / 20
            func bound(_ overhead: Double) -> Double {
                amdahlBound(overheadShare: overhead, droppedParameterShare: sparsity * layers)
            }
            return CurveChart.Point(
                x: sparsity, y: bound(share.median), low: share.interval.map { bound($0.lower) },
                high: share.interval.map { bound($0.upper) })
        }
        return CurveChart.Curve(label: nil, style: .bound, slot: slot, points: points)
    }
}
