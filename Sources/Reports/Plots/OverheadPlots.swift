import Comparison
import Optimizers
import Plots
import ResultStore
import Statistics
import Training

/// The share of perturb and update in a MeZO step against the length of the rows, one plot for each model.
enum OverheadPlots {
    static func all(_ findings: SuiteFindings) -> [Plot] {
        Grouping.inOrder(findings.tokenSeries) { $0.representative.cell.model.words }
            .flatMap { model, series in
                // One colour is kept for what papers report.
                Grouping.chunks(series, of: PlotStyle.slotCount - 1).map {
                    plot($0, model: model, findings)
                }
            }
    }

    private static func plot(_ series: [TokenSeries], model: String, _ findings: SuiteFindings) -> Plot {
        let curves = series.enumerated().map { slot, series in
            CurveChart.Curve(
                label: label(of: series, findings), style: .measured, slot: slot,
                points: series.points.map { point in
                    let share = point.baseline.overheadShare
                    return CurveChart.Point(
                        x: Double(point.tokens), y: 100 * share.median,
                        low: share.interval.map { 100 * $0.lower },
                        high: share.interval.map { 100 * $0.upper })
                })
        }
        let figures = zip(series, curves).map { series, curve in
            let points = zip(series.points, curve.points).map {
                "\(Figures.fixed($1.y, decimals: 1))% at \($0.tokens) tokens"
            }
            return "\(curve.label ?? model): \(points.joined(separator: ", "))"
        }
        let reported = reportedCurves(series, findings)
        let others =
            reported.isEmpty
            ? "" : " Hollow: reported elsewhere, for other models on other hardware."
        return Plot(
            name: "overhead by tokens \(model)",
            title: "Perturb and update in a MeZO step, by length: \(model)",
            subtitle:
                "What sparsity can save shrinks as rows get longer. Bars: 95% interval over rounds.\(others)",
            description:
                "Share of perturb and update in a MeZO step against the tokens of a row. "
                + "\(figures.joined(separator: ". ")).",
            chart: .curves(
                CurveChart(
                    xAxis: Axis(title: "tokens of a row", scale: .binaryLogarithmic),
                    yAxis: Axis(title: "perturb and update (% of a step)", including: [0]),
                    curves: curves + reported)))
    }

    private static func label(of series: TokenSeries, _ findings: SuiteFindings) -> String {
        let cell = series.representative.cell
        return
            "\(findings.names.method(cell)), \(Figures.count(cell.batchSize, "row")), \(cell.plan.rawValue) plan"
    }

    /// What papers named by the suite report for lengths of these series, one curve for each paper and model.
    private static func reportedCurves(
        _ series: [TokenSeries], _ findings: SuiteFindings
    ) -> [CurveChart.Curve] {
        let lengths = Set(series.flatMap(\.points).map(\.tokens)).sorted()
        let claims = lengths.flatMap { findings.reported(.overheadShare, tokens: $0) }
        return Grouping.inOrder(claims) { "\($0.paper): \($0.model)" }.enumerated().map { index, group in
            CurveChart.Curve(
                label: group.key, style: .reported, slot: PlotStyle.slotCount - 1 - index,
                points: group.items.compactMap { claim in
                    claim.tokens.map { CurveChart.Point(x: Double($0), y: claim.value) }
                })
        }
    }
}
