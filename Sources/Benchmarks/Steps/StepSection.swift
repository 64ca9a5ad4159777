import LanguageModels
import Optimizers
import Reports

/// How long steps take, and what dropping layers and fusing passes gain.
enum StepSection {
    static func make(_ times: StepTimes) -> Report.Section {
        var blocks: [Report.Block] = [.table(timeTable(times))]
        if !times.sparsitySpeedups.isEmpty { blocks.append(.table(sparsityTable(times))) }
        if !times.planSpeedups.isEmpty { blocks.append(.table(planTable(times))) }
        return Report.Section(title: "Steps", blocks: blocks)
    }

    private static let keyColumns: [Table.Column] = [
        .init("batch"), .init("plan"), .init("method"), .init("sparsity", .trailing),
    ]

    private static func keys(_ setting: StepCell.Setting) -> [String] {
        [
            setting.work, setting.plan.rawValue, setting.droppedLayerCount == 0 ? "MeZO" : "LeZO",
            Figures.fixed(setting.sparsity, decimals: 2),
        ]
    }

    private static func timeTable(_ times: StepTimes) -> Table {
        let rounds = times.cells.first?.rounds ?? []
        var table = Table(
            name: "step-times",
            caption:
                "\(times.model), \(times.storage.rawValue), random weights: time of a step, and the share of each "
                + "phase in percent.",
            columns: keyColumns + [
                .init("step (ms)", .trailing), .init("perturb", .trailing), .init("forward", .trailing),
                .init("update", .trailing), .init("perturb and update", .trailing),
            ], keyColumnCount: keyColumns.count,
            footnotes: [
                "Medians over \(Figures.count(rounds.count, "interleaved round")) of "
                    + "\(Figures.count(rounds.first?.steps.count ?? 0, "step")), each round from the same first "
                    + "parameters and after \(Figures.count(rounds.first?.warmup.count ?? 0, "untimed step")).",
                "On the fused plan perturb and update are the time that threads spent on noise inside the one pass, "
                    + "the mean over threads, and forward is the rest of it.",
                memory(times),
            ])
        for cell in times.cells {
            table.append(
                keys(cell.setting) + [
                    Figures.milliseconds(cell.stepNanoseconds), Figures.percent(cell.phaseShares.perturb),
                    Figures.percent(cell.phaseShares.forward), Figures.percent(cell.phaseShares.update),
                    Figures.percent(cell.phaseShares.overhead),
                ])
        }
        return table
    }

    private static func memory(_ times: StepTimes) -> String {
        let held =
            "Parameters take \(Figures.mebibytes(Int64(times.parameterBytes))) MiB, activations "
            + "\(Figures.mebibytes(Int64(times.workspaceBytes))) MiB"
        guard let peak = times.peakResidentBytes else { return held + "." }
        return held + "; the process peaked at \(Figures.mebibytes(peak)) MiB."
    }

    private static let ratioColumns: [Table.Column] = [
        .init("rounds", .trailing), .init("speedup", .trailing), .init("95% low", .trailing),
        .init("95% high", .trailing),
    ]

    private static func ratio(_ ratio: StepRatio) -> [String] {
        [
            String(ratio.roundCount), Figures.ratio(ratio.speedup), Figures.ratio(ratio.lower),
            Figures.ratio(ratio.upper),
        ]
    }

    private static let ratioNote =
        "Hodges and Lehmann's estimate from the rounds' log ratios with the exact signed-rank interval, which needs at "
        + "least 6 rounds."

    private static func sparsityTable(_ times: StepTimes) -> Table {
        var table = Table(
            name: "sparsity-speedup", caption: "Step time of MeZO over that of LeZO, on the same plan.",
            columns: keyColumns + ratioColumns + [.init("Amdahl's bound", .trailing)],
            keyColumnCount: keyColumns.count,
            footnotes: [
                ratioNote,
                "The bound takes MeZO's share of perturbing and updating and the share of parameters left out.",
            ])
        for speedup in times.sparsitySpeedups {
            table.append(
                keys(speedup.candidate) + ratio(speedup) + [Figures.ratio(speedup.amdahlBound)])
        }
        return table
    }

    private static func planTable(_ times: StepTimes) -> Table {
        var table = Table(
            name: "plan-speedup", caption: "Step time of the reference plan over that of the fused plan.",
            columns: keyColumns + ratioColumns, keyColumnCount: keyColumns.count, footnotes: [ratioNote])
        for speedup in times.planSpeedups { table.append(keys(speedup.candidate) + ratio(speedup)) }
        return table
    }
}
