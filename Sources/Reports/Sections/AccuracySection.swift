import Comparison
import ResultStore
import Statistics
import Training

/// What each method reached on test examples.
enum AccuracySection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        guard !findings.accuracy.rows.isEmpty else { return [] }
        return [.table(scoreTable(findings))] + TaskAverages.tables(findings).map { .table($0) }
            + (pairedTable(findings).map { [.table($0)] } ?? [])
    }

    private static func scoreTable(_ findings: SuiteFindings) -> Table {
        let rows = findings.accuracy.rows
        var table = Table(
            name: "accuracy",
            caption: MethodNames.caption(
                "Score on test examples, at the learning rate and the step that development examples chose.",
                cells: rows.map(\.representative)),
            columns: MethodNames.columns + [
                .init("learning rate", .trailing), .init("data seed", .trailing),
                .init("noise seed", .trailing),
                .init("metric"), .init("value (%)", .trailing), .init("95% low", .trailing),
                .init("95% high", .trailing), .init("examples", .trailing),
                .init("most frequent answer (%)", .trailing), .init("tested at step", .trailing),
            ], keyColumnCount: MethodNames.columns.count)
        for row in rows {
            let cells = findings.names.cells(row.representative)
            let rate = row.choice.map { Figures.setting($0.chosen.learningRate) } ?? Figures.none
            for score in row.scores {
                table.append(
                    cells + [
                        rate, String(score.trial.dataSeed), String(score.trial.noiseSeed), score.metric,
                        Figures.percent(score.value), Figures.percent(score.interval?.lower),
                        Figures.percent(score.interval?.upper), String(score.exampleCount),
                        Figures.percent(score.favouriteShare), String(score.step),
                    ])
                if let exactMatch = score.exactMatch {
                    table.append(
                        cells + [
                            rate, String(score.trial.dataSeed), String(score.trial.noiseSeed), "exact_match",
                            Figures.percent(exactMatch), Figures.percent(score.exactMatchInterval?.lower),
                            Figures.percent(score.exactMatchInterval?.upper), String(score.exampleCount),
                            Figures.none, String(score.step),
                        ])
                }
            }
            if row.scores.count > 1, let metric = row.scores.first?.metric {
                table.append(
                    cells + [
                        rate, "all", "mean of \(row.scores.count)", metric, Figures.percent(row.meanValue),
                    ] + [String](repeating: Figures.none, count: 5))
            }
            if row.scores.isEmpty {
                table.append(
                    cells + [rate, Figures.none, Figures.none, "no result"]
                        + [String](repeating: Figures.none, count: 6))
            }
        }
        table.footnotes = footnotes(rows, names: findings.names) + constantAnswers(findings)
        return table
    }

    private static func footnotes(_ rows: [AccuracyTable.Row], names: MethodNames) -> [String] {
        let kinds = Set(rows.flatMap(\.scores).map(\.intervalKind))
        var notes: [String] = []
        if kinds.contains(.exactBinomial) {
            notes.append(
                "Accuracy: exact binomial (Clopper-Pearson) interval over the test examples of one trial; it does not "
                    + "hold the variation between seeds.")
        }
        if kinds.contains(.bootstrapOverExamples) {
            notes.append(
                "F1: bias-corrected and accelerated bootstrap interval over the test examples of one trial, "
                    + "\(ExampleBootstrap.replicateCount) resamples from seed \(ExampleBootstrap.seed); exact match: exact "
                    + "binomial. Neither holds the variation between seeds.")
        }
        for row in rows {
            if row.cells.flatMap(\.trials).contains(where: { $0.failure?.reason == .unavailable }) {
                notes.append(
                    "\(names.phrase(row.representative)): left out, as the archives at hand have no data for it."
                )
            } else if row.choice == nil {
                notes.append(
                    "\(names.phrase(row.representative)): no trial is finished, or every learning rate diverged."
                )
            } else if let choice = row.choice, choice.unfinishedCandidateCount > 0 {
                notes.append(
                    "\(names.phrase(row.representative)): \(choice.unfinishedCandidateCount) of "
                        + "\(Figures.count(choice.candidates.count, "learning rate")) "
                        + "\(choice.unfinishedCandidateCount == 1 ? "is" : "are") not finished, so the choice may change."
                )
            }
        }
        return notes
    }

    private static func constantAnswers(_ findings: SuiteFindings) -> [String] {
        let baselines = AccuracySummary.baselines(findings)
        guard !baselines.isEmpty else { return [] }
        return [
            "Most frequent answer: the share of examples for which the model chose the option that it chose most often."
        ] + baselines
    }

    private static func pairedTable(_ findings: SuiteFindings) -> Table? {
        let rows = findings.accuracy.pairedRows
        guard !rows.isEmpty else { return nil }
        let methods = rows.map(\.row.representative.cell.method)
        let others = [
            methods.contains { $0 == .linearProbe || $0.tunesHead } ? "linear probing" : nil,
            methods.contains { $0.firstOrderSettings != nil && !$0.tunesHead } ? "fine-tuning" : nil,
        ]
        let names = Figures.joined((["MeZO"] + others).compactMap { $0 })
        var table = Table(
            name: "accuracy-pairs",
            caption: MethodNames.caption(
                "LeZO minus MeZO, and \(names) minus zero-shot, on the same test "
                    + "examples with the same seeds, each at its own chosen learning rate.",
                cells: rows.map(\.row.representative)),
            columns: MethodNames.columns + [
                .init("minus"), .init("data seed", .trailing), .init("noise seed", .trailing),
                .init("examples", .trailing), .init("only the other right", .trailing),
                .init("only this right", .trailing), .init("difference (points)", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("p (McNemar)", .trailing),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: [
                "The interval is Bonett and Price's (2012) over test examples; it does not hold the variation between seeds.",
                "The p-value is McNemar's exact two-sided one for one pair of trials: a small one says that the two "
                    + "models differ, a large one does not say that they are equally good.",
            ])
        for row in rows {
            for pair in row.pairs {
                table.append(
                    findings.names.cells(row.row.representative) + [
                        findings.names.method(row.baseline.representative.cell),
                        String(pair.candidate.trial.dataSeed), String(pair.candidate.trial.noiseSeed),
                        String(pair.exampleCount), String(pair.onlyBaselineRight),
                        String(pair.onlyCandidateRight), Figures.points(pair.difference),
                        Figures.points(pair.interval.lower), Figures.points(pair.interval.upper),
                        Figures.pValue(pair.pValue),
                    ])
            }
        }
        return table
    }
}
