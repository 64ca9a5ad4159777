import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// MeZO's overhead and LeZO's speedup by the length of the rows, one line a length, ready to plot.
enum TokenSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        findings.tokenSeries.isEmpty ? [] : [.table(table(findings))]
    }

    private static func table(_ findings: SuiteFindings) -> Table {
        let series = findings.tokenSeries
        let points = series.flatMap(\.points)
        let sparsities = Set(
            points.flatMap(\.speedups).map { Figures.fixed($0.candidate.sparsity, decimals: 2) }
        )
        .sorted()
        let reported = ReportedByTokens(findings)
        let keys: [Table.Column] = [
            .init("model"), .init("batch", .trailing), .init("plan"), .init("method"),
            .init("tokens", .trailing),
        ]
        var table = Table(
            name: "by-tokens",
            caption: MethodNames.caption(
                "Share of perturb and update in a MeZO step, and LeZO's speedup, by the tokens of a row.",
                cells: points.map(\.baseline.cell)),
            columns: keys + [
                .init("step (ms)", .trailing), .init("perturb and update (%)", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing),
            ] + sparsities.flatMap(columns) + reported.columns, keyColumnCount: keys.count,
            footnotes: StepTimeSection.tooFew(points.map(\.baseline))
                + StepTimeSection.remarks(points.map(\.baseline)) + reported.footnotes)
        for group in series {
            for point in group.points {
                let cell = point.baseline.cell.cell
                let share = point.baseline.overheadShare
                table.append(
                    [
                        cell.model.words, String(cell.batchSize), cell.plan.rawValue,
                        findings.names.method(cell),
                        String(point.tokens), Figures.milliseconds(point.baseline.totalNanoseconds.median),
                        Figures.percent(share.median), Figures.percent(share.interval?.lower),
                        Figures.percent(share.interval?.upper),
                    ] + sparsities.flatMap { cells(of: point, sparsity: $0) }
                        + reported.cells(tokens: point.tokens))
            }
        }
        return table
    }

    private static func columns(sparsity: String) -> [Table.Column] {
        [
            .init("speedup at \(sparsity)", .trailing), .init("\(sparsity): 95% low", .trailing),
            .init("\(sparsity): 95% high", .trailing), .init("\(sparsity): Amdahl's bound", .trailing),
        ]
    }

    private static func cells(of point: TokenSeries.Point, sparsity: String) -> [String] {
        let speedup = point.speedups.first { Figures.fixed($0.candidate.sparsity, decimals: 2) == sparsity }
        return [
            Figures.ratio(speedup?.measurement?.speedup), Figures.ratio(speedup?.measurement?.interval.lower),
            Figures.ratio(speedup?.measurement?.interval.upper), Figures.ratio(speedup?.bindingLimit?.bound),
        ]
    }
}
