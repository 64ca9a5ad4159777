import Comparison
import ResultStore
import Statistics
import Training

/// The fused plan's step against that of the reference plan.
enum PlanSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let speedups = findings.planSpeedups
        guard !speedups.isEmpty else { return [] }
        let keys = [Table.Column("model"), Table.Column("data")] + MethodNames.methodColumns
        var table = Table(
            name: "plan-speedup",
            caption: MethodNames.caption(
                "Fused over reference: step time of the reference plan over that of the fused plan with the same "
                    + "optimizer, paired by round.", cells: speedups.map(\.candidate)),
            columns: keys + [
                .init("rounds", .trailing), .init("reference (ms)", .trailing),
                .init("fused (ms)", .trailing),
                .init("speedup", .trailing), .init("95% low", .trailing), .init("95% high", .trailing),
                .init("smallest of a round", .trailing),
            ], keyColumnCount: keys.count,
            footnotes: [
                "Both plans do the same mathematics; their losses differ by rounding alone. Times are medians over "
                    + "rounds."
            ] + speedups.flatMap { SpeedupSection.pairingRemarks(on: $0, names: findings.names) })
        for speedup in speedups {
            let cell = speedup.candidate
            table.append(
                [cell.cell.model.words, cell.cell.workload.words] + findings.names.methodCells(cell) + [
                    String(speedup.pairs.count),
                    Figures.milliseconds(speedup.medianBaselineNanoseconds),
                    Figures.milliseconds(speedup.medianCandidateNanoseconds),
                    Figures.ratio(speedup.measurement?.speedup),
                    Figures.ratio(speedup.measurement?.interval.lower),
                    Figures.ratio(speedup.measurement?.interval.upper),
                    Figures.ratio(speedup.measurement?.smallestRatio),
                ])
        }
        return [.table(table)]
    }
}
