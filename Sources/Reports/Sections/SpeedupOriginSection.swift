import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// Where a speedup of a step comes from: what the phases leave to be gained, what was saved in which of them, and how it
/// depends on the length of rows.
enum SpeedupOriginSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let origins = findings.origins
        guard !origins.isEmpty else { return [] }
        let sentences =
            origins.flatMap { SpeedupOriginWords.sentences($0, findings) }
            + findings.tokenSeries.flatMap { SpeedupOriginWords.sentences($0, findings) }
        return (sentences.isEmpty ? [] : [.list(sentences)]) + [.table(table(origins, findings))]
    }

    private static func table(_ origins: [SpeedupOrigin], _ findings: SuiteFindings) -> Table {
        let savings = origins.flatMap(\.savings)
        let hasFused = savings.contains { $0.speedup.candidate.cell.plan == .fused }
        var table = Table(
            name: "saved-time",
            caption: MethodNames.caption(
                "Milliseconds by which a step of LeZO is shorter than MeZO's in the same round, and in which phases.",
                cells: savings.map(\.speedup.candidate)),
            columns: MethodNames.columns + saved("step") + saved("perturb and update") + saved("forward") + [
                .init("speedup", .trailing), .init("Amdahl's bound", .trailing), .init("against the bound"),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: [
                "Hodges-Lehmann estimates over rounds with exact signed-rank intervals at 95%; each phase has its own, so they "
                    + "add up to the step only nearly. A negative saving is time lost."
            ]
                + (hasFused
                    ? [
                        "Amdahl's bound is one of the reference plan's cost model, where perturbing, forward passes and updating "
                            + "follow one another. On the fused plan perturb and update are thread time of noise inside the one "
                            + "pass, so no bound is given."
                    ] : []))
        for saving in savings {
            let speedup = saving.speedup
            table.append(
                findings.names.cells(speedup.candidate) + figures(saving.total)
                    + figures(saving.perturbAndUpdate) + figures(saving.forward) + [
                        SpeedupOriginWords.ratio(speedup.measurement?.speedup, speedup.measurement?.interval),
                        SpeedupOriginWords.ratio(speedup.bindingLimit?.bound, speedup.bindingLimit?.interval),
                        SpeedupOriginWords.standing(of: speedup) ?? Figures.none,
                    ])
        }
        return table
    }

    private static func saved(_ what: String) -> [Table.Column] {
        [.init("\(what) (ms)", .trailing), .init("low", .trailing), .init("high", .trailing)]
    }

    private static func figures(_ saved: HodgesLehmann) -> [String] {
        [saved.estimate, saved.interval?.lower, saved.interval?.upper].map {
            Figures.fixed($0.map { $0 / 1e6 }, decimals: 2)
        }
    }
}
