import Comparison
import Foundation
import ResultStore
import Statistics
import Training

/// The tables of two databases' cells side by side.
enum DifferenceSections {
    /// Speed and quality of each cell together.
    static func judgements(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = table(
            "judgements", "Speed and quality of the candidate, judged together.", [.init("verdict")])
        for cell in suite.cells {
            guard let judgement = cell.judgement else { continue }
            table.append(names.cells(cell.candidate) + [judgement])
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    /// Test scores, each beside how it was compared.
    static func accuracy(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = table(
            "accuracy", "Test scores of trials with the same seeds.",
            [
                .init("metric"), .init("seeds", .trailing), .init("examples", .trailing),
                .init("baseline (%)", .trailing), .init("candidate (%)", .trailing),
                .init("difference (points)", .trailing), .init("95% low", .trailing),
                .init("95% high", .trailing), .init("only baseline right", .trailing),
                .init("only candidate right", .trailing), .init("p (Holm)", .trailing), .init("verdict"),
                .init("compared"),
            ])
        for cell in suite.cells {
            let compared = [
                (cell.accuracy, cell.accuracyPValue, cell.accuracyVerdict),
                (cell.exactMatch, cell.exactMatchPValue, cell.exactMatchVerdict),
            ]
            for case (let accuracy?, let pValue, let verdict) in compared {
                table.append(names.cells(cell.candidate) + figures(cell, accuracy, pValue, verdict))
            }
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    private static func figures(
        _ cell: CellDifference, _ accuracy: AccuracyDifference, _ correctedPValue: Double?,
        _ verdict: ChangeVerdict?
    ) -> [String] {
        [
            accuracy.metric, String(accuracy.seedCount), String(accuracy.exampleCount),
            Figures.percent(accuracy.baselineValue), Figures.percent(accuracy.candidateValue),
            Figures.points(accuracy.difference), Figures.points(accuracy.interval?.lower),
            Figures.points(accuracy.interval?.upper), count(accuracy.onlyBaselineRight),
            count(accuracy.onlyCandidateRight),
            correctedPValue.map(Figures.pValue) ?? Figures.none,
            cell.inputMismatch.map { "not comparable: \($0)" }
                ?? words(verdict, unit: accuracy.seedCount == 1 ? "example" : "seed") {
                    $0.words(lower: "worse", higher: "better", same: "as good")
                },
            words(accuracy.procedure),
        ]
    }

    /// Step times, each labelled by how its rounds belong together.
    static func stepTime(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = table(
            "step-time",
            "Step time over rounds, or over trials where a side has no rounds: medians of interleaved rounds, geometric means "
                + "of unpaired ones.",
            [
                .init("rounds", .trailing), .init("baseline (ms)", .trailing),
                .init("candidate (ms)", .trailing), .init("candidate / baseline", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("p (Holm)", .trailing),
                .init("verdict"), .init("compared"),
            ])
        for cell in suite.cells {
            guard let time = cell.stepTime else { continue }
            let verdict =
                time.obstacle.map { "not comparable: \($0)" }
                ?? words(cell.stepTimeVerdict, unit: "round") {
                    $0.words(lower: "faster", higher: "slower", same: "as fast")
                }
            let figures = [
                String(time.count), Figures.milliseconds(time.baselineNanoseconds),
                Figures.milliseconds(time.candidateNanoseconds), Figures.ratio(time.ratio),
                Figures.ratio(time.interval?.lower), Figures.ratio(time.interval?.upper),
                cell.stepTimePValue.map(Figures.pValue) ?? Figures.none, verdict, words(time),
            ]
            table.append(names.cells(cell.candidate) + figures)
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    /// Where the time went on both sides.
    static func phases(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        let phases: [(String, KeyPath<PhaseValues, Double>)] = [
            ("perturb", \.perturb), ("forward", \.forward), ("update", \.update),
        ]
        var table = table(
            "phases",
            "Milliseconds of each phase in the baseline and in the candidate; medians, without a verdict of their own.",
            phases.flatMap { name, _ in
                [
                    Table.Column("\(name), baseline", .trailing),
                    Table.Column("\(name), candidate", .trailing),
                ]
            })
        for cell in suite.cells {
            guard let (before, after) = cell.phases else { continue }
            let figures = phases.flatMap { _, phase in
                [
                    Figures.milliseconds(before.phaseNanoseconds[keyPath: phase]),
                    Figures.milliseconds(after.phaseNanoseconds[keyPath: phase]),
                ]
            }
            table.append(names.cells(cell.candidate) + figures)
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    /// What timed steps did on both sides.
    static func work(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = table(
            "work",
            "Work of the timed steps of rounds that both sides have, counted by the program itself; the same counts are "
                + "expected, to the last one.",
            [.init("steps", .trailing)]
                + WorkDifference.quantities.flatMap {
                    [
                        Table.Column("\($0.name), baseline", .trailing),
                        Table.Column("\($0.name), candidate", .trailing),
                    ]
                } + [.init("verdict")])
        for cell in suite.cells {
            guard let work = cell.work else { continue }
            let counts = WorkDifference.quantities.flatMap {
                [String(work.baseline[keyPath: $0.value]), String(work.candidate[keyPath: $0.value])]
            }
            let verdict = work.isSame ? "the same" : work.grown.isEmpty ? "less" : "more"
            table.append(names.cells(cell.candidate) + [String(work.steps)] + counts + [verdict])
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    /// Peak memory on both sides.
    static func memory(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = table(
            "memory", "Peak resident memory of a process; within 1% it counts as the same.",
            [
                .init("baseline (MiB)", .trailing), .init("candidate (MiB)", .trailing),
                .init("candidate / baseline", .trailing), .init("verdict"),
            ])
        for cell in suite.cells {
            guard let memory = cell.memory else { continue }
            table.append(
                names.cells(cell.candidate) + [
                    Figures.mebibytes(ofMedian: memory.baselineBytes),
                    Figures.mebibytes(ofMedian: memory.candidateBytes),
                    Figures.fixed(memory.ratio, decimals: 4),
                    memory.verdict.words(lower: "less", higher: "more", same: "the same"),
                ])
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    /// Losses, answers and weights compared bit by bit.
    static func exact(_ suite: SuiteDifference, names: DifferenceNames) -> [Report.Block] {
        var table = table(
            "exact", "Losses, dropped layers, answers and weights of the same seeds, compared bit by bit.",
            [
                .init("trials the same", .trailing), .init("rounds the same", .trailing),
                .init("first difference"),
            ])
        for cell in suite.cells where cell.exact.isMeasured {
            let exact = cell.exact
            table.append(
                names.cells(cell.candidate) + [
                    "\(exact.equalTrials)/\(exact.comparedTrials)",
                    "\(exact.equalRounds)/\(exact.comparedRounds)", exact.firstDifference ?? "none",
                ])
        }
        return table.rows.isEmpty ? [] : [.table(table)]
    }

    private static func table(_ name: String, _ caption: String, _ columns: [Table.Column]) -> Table {
        Table(
            name: name, caption: caption, columns: DifferenceNames.columns + columns,
            keyColumnCount: DifferenceNames.columns.count)
    }

    private static func count(_ number: Int?) -> String { number.map(String.init) ?? Figures.none }

    /// A verdict; an undecided one with how much more it would take.
    private static func words(
        _ verdict: ChangeVerdict?, unit: String, _ plain: (ChangeVerdict) -> String
    ) -> String {
        guard let verdict else { return "not compared" }
        if case .undecided(let needed?) = verdict {
            return "undecided; about \(Figures.count(needed, unit)) would decide"
        }
        return plain(verdict)
    }

    private static func words(_ time: StepTimeDifference) -> String {
        guard time.pairing == .interleaved else {
            let means = time.ratioOfMeans.map { ratio in
                "; ratio of arithmetic means \(Figures.ratio(ratio.estimate))"
                    + (Figures.ends(ratio.interval, by: Figures.ratio).map { " (Fieller: \($0))" } ?? "")
            }
            return "unpaired: machine drift not controlled\(means ?? "")"
        }
        guard let drift = time.driftCorrelation, abs(drift) > 0.5 else { return "interleaved" }
        return "interleaved; the ratio drifted over the rounds (rank correlation "
            + "\(Figures.fixed(drift, decimals: 2)))"
    }

    private static func words(_ procedure: AccuracyDifference.Procedure) -> String {
        switch procedure {
        case .sameAnswers: "the same answers"
        case .pairedShares: "on the same examples (Bonett-Price, McNemar)"
        case .pairedScores: "on the same examples (bootstrap, Student's t)"
        case .pairedSeeds: "on the same examples, over seeds and examples (Student's t, the wider)"
        case .independentShares: "on other examples (Newcombe, score test)"
        case .independentScores: "on other examples (Welch)"
        case .seedsOnly: "on other examples, over seeds (Student's t)"
        }
    }
}
