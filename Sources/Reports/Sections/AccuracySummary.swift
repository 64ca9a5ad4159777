import Comparison
import ResultStore
import Statistics
import Training

/// The summary's sentences on accuracy.
///
/// Up to some tasks have a sentence each; of more the summary says what they come to, and the tables have each.
enum AccuracySummary {
    private static let mostTasks = 3
    /// More rows than these of one model and task are put together.
    private static let mostAlike = 3

    private static func hasManyTasks(_ findings: SuiteFindings) -> Bool {
        Set(findings.accuracy.rows.map(\.representative.cell.workload)).count > mostTasks
    }

    /// The accuracies of each model and task, what a constant answer scores, and what the figures leave open.
    static func sentences(_ findings: SuiteFindings) -> [String] {
        let figures = scores(findings)
        guard !figures.isEmpty else { return [] }
        guard hasManyTasks(findings) else {
            return figures + differences(findings) + baselines(findings) + limits(findings)
        }
        return averages(findings) + groupedDifferences(findings)
            + [constantAnswers(findings)].compactMap { $0 }
            + limits(findings)
    }

    /// What always giving the most frequent right answer scores, one sentence for each task.
    static func baselines(_ findings: SuiteFindings) -> [String] {
        constantShares(findings).map {
            "\($0.task): always giving the most frequent right answer scores \($0.figure)."
        }
    }

    /// The same in one sentence, with the tasks on which nothing did better.
    private static func constantAnswers(_ findings: SuiteFindings) -> String? {
        let shares = constantShares(findings)
        guard !shares.isEmpty else { return nil }
        let unbeaten = shares.filter { share in
            findings.accuracy.rows.filter { $0.representative.cell.workload.words == share.task }
                .compactMap(\.meanValue).allSatisfy { $0 <= share.highest }
        }
        return "Always giving the most frequent right answer scores "
            + "\(Figures.joined(shares.map { "\($0.figure) on \($0.task)" }))."
            + (unbeaten.isEmpty ? "" : " No method scored more on \(Figures.joined(unbeaten.map(\.task))).")
    }

    private static func constantShares(
        _ findings: SuiteFindings
    ) -> [(task: String, figure: String, highest: Double)] {
        let groups = Grouping.inOrder(findings.accuracy.rows) { $0.representative.cell.workload.words }
        return groups.compactMap { task, rows in
            let shares = rows.flatMap(\.scores).compactMap(\.majorityShare)
            guard let least = shares.min(), let most = shares.max() else { return nil }
            let (lowest, highest) = (Figures.percent(least), Figures.percent(most))
            let figure =
                lowest == highest
                ? "\(lowest)%" : "\(lowest)% to \(highest)%, depending on the examples drawn"
            return (task, figure, most)
        }
    }

    /// One sentence for each model and task, with all its methods; many sparsities of a method as their range.
    private static func scores(_ findings: SuiteFindings) -> [String] {
        let scored = findings.accuracy.rows.filter { $0.meanValue != nil }
        return Grouping.inOrder(scored) { row in
            let cell = row.representative.cell
            return "\(cell.model.words) on \(cell.workload.words)\(findings.names.planPhrase(cell))"
        }.map { subject, rows in
            let phrases = Grouping.inOrder(rows) { findings.names.method($0.representative.cell) }
                .flatMap { method, alike in
                    alike.count > mostAlike
                        ? [range(of: alike, method: method)].compactMap { $0 }
                        : alike.compactMap { phrase(of: $0, findings) }
                }
            return "\(subject): \(phrases.joined(separator: "; "))."
        }
    }

    private static func range(of rows: [AccuracyTable.Row], method: String) -> String? {
        let values = rows.compactMap(\.meanValue)
        let sparsities = rows.map(\.representative.sparsity)
        guard let least = values.min(), let most = values.max(), let low = sparsities.min(),
            let high = sparsities.max()
        else { return nil }
        return "\(method) at \(rows.count) sparsities from \(Figures.fixed(low, decimals: 2)) to "
            + "\(Figures.fixed(high, decimals: 2)) between \(Figures.percent(least)) and "
            + "\(Figures.percent(most))\(metric(of: rows.first?.scores.first)), each with its interval in the table of accuracy"
    }

    private static func metric(of score: TestScore?) -> String {
        score.map { $0.metric == "accuracy" ? "% right" : "% \($0.metric.uppercased())" } ?? "%"
    }

    /// A row such as `MeZO at learning rate 2e-5 67.5% right (95% interval 64.1 to 70.9, 872 test examples)`.
    private static func phrase(of row: AccuracyTable.Row, _ findings: SuiteFindings) -> String? {
        guard let mean = row.meanValue, let score = row.scores.first else { return nil }
        let rate = row.choice?.chosen.learningRate.map { " at learning rate \(Figures.setting($0))" } ?? ""
        let figure =
            "\(findings.names.methodAndSparsity(row.representative))\(rate) \(Figures.percent(mean))\(metric(of: score))"
        guard row.scores.count == 1 else { return "\(figure), the mean of \(row.scores.count) trials" }
        let kind = score.intervalKind == .exactBinomial ? "" : "bootstrap "
        let interval = score.interval.map {
            "95% \(kind)interval \(Figures.percent($0.lower)) to \(Figures.percent($0.upper)), "
        }
        let exact = score.exactMatch.map { ", \(Figures.percent($0))% exact match" } ?? ""
        return "\(figure) (\(interval ?? "")\(score.exampleCount) test examples)\(exact)"
    }

    /// LeZO minus MeZO, and MeZO minus zero-shot, for rows with one pair; several pairs are in their table.
    ///
    /// Where a model and task have many such rows, those that differ in sparsity alone have one sentence.
    private static func differences(_ findings: SuiteFindings) -> [String] {
        let single = findings.accuracy.pairedRows.filter { $0.pairs.count == 1 }
        return Grouping.inOrder(single) { row in
            let cell = row.row.representative.cell
            return [cell.model.words, cell.workload.words]
        }.flatMap { _, rows in
            guard rows.count > mostAlike else { return rows.compactMap { difference($0, findings) } }
            return Grouping.inOrder(rows) { row in
                let cell = row.row.representative.cell
                return "\(cell.model.words), \(findings.names.method(cell)) against "
                    + "\(findings.names.method(row.baseline.representative.cell)) \(MethodNames.place(cell))"
                    + "\(findings.names.planPhrase(cell)) on the same examples"
            }.flatMap { subject, alike in
                alike.count == 1
                    ? alike.compactMap { difference($0, findings) } : [sparsities(alike, subject: subject)]
            }
        }
    }

    private static func difference(_ row: AccuracyTable.PairedRow, _ findings: SuiteFindings) -> String? {
        guard let pair = row.pairs.first else { return nil }
        let ends = Figures.ends(pair.interval, by: Figures.points) ?? Figures.none
        return
            "\(row.row.representative.cell.model.words), \(findings.names.phrase(row.row.representative)): "
            + "\(Figures.points(pair.difference)) points against "
            + "\(findings.names.method(row.baseline.representative.cell)) on the same examples "
            + "(95% interval \(ends))."
    }

    /// The sparsities whose intervals exclude 0, and how many others there are.
    private static func sparsities(_ rows: [AccuracyTable.PairedRow], subject: String) -> String {
        let decided = rows.compactMap { row -> String? in
            guard let pair = row.pairs.first, !pair.interval.contains(0) else { return nil }
            let ends = Figures.ends(pair.interval, by: Figures.points) ?? Figures.none
            return "\(Figures.points(pair.difference)) points at "
                + "\(Figures.fixed(row.row.representative.sparsity, decimals: 2)) (\(ends))"
        }
        let rest = rows.count - decided.count
        let others =
            decided.isEmpty
            ? "every interval includes 0"
            : rest == 0
                ? "" : "; the other \(rest == 1 ? "interval includes" : "\(rest) intervals include") 0"
        return "\(subject), \(Figures.count(rows.count, "sparsity", "sparsities")): "
            + "\(Figures.joined(decided))\(others). Intervals are not corrected for their number."
    }

    /// Each model's averages over the tasks that all its methods have.
    private static func averages(_ findings: SuiteFindings) -> [String] {
        MacroAverages.all(in: findings.accuracy).compactMap { averages in
            let methods = averages.methods.compactMap { method -> String? in
                guard let average = method.averageOverShared else { return nil }
                let ends = Figures.ends(method.intervalOverShared) { Figures.percent($0) }
                let name =
                    findings.names.methodAndSparsity(method.representative)
                    + findings.names.planPhrase(method.representative.cell)
                return "\(name) \(Figures.percent(average))%" + (ends.map { " (\($0))" } ?? "")
            }
            guard let model = averages.methods.first?.representative.cell.model.words, !methods.isEmpty else {
                return nil
            }
            let count = averages.sharedTasks.count
            return "\(model): the scores of each task are under Scores by task; on "
                + (count < averages.tasks.count
                    ? "the \(count) tasks that every method has" : "all \(count) tasks")
                + " they average \(Figures.joined(methods))."
        }
    }

    /// The differences of many tasks, one sentence for each method and what it is held against.
    private static func groupedDifferences(_ findings: SuiteFindings) -> [String] {
        let single = findings.accuracy.pairedRows.filter { $0.pairs.count == 1 }
        let groups = Grouping.inOrder(single) { row in
            let (candidate, baseline) = (row.row.representative, row.baseline.representative)
            return "\(candidate.cell.model.words), \(findings.names.methodAndSparsity(candidate))"
                + "\(findings.names.planPhrase(candidate.cell)) against \(findings.names.method(baseline.cell)) on the "
                + "same examples"
        }
        return groups.map { subject, rows in
            let decided = rows.compactMap { row -> String? in
                guard let pair = row.pairs.first, !pair.interval.contains(0) else { return nil }
                let ends = Figures.ends(pair.interval, by: Figures.points) ?? Figures.none
                return "\(Figures.points(pair.difference)) points on "
                    + "\(row.row.representative.cell.workload.words) (\(ends))"
            }
            let rest = rows.count - decided.count
            let others =
                decided.isEmpty
                ? "every interval includes 0"
                : rest == 0
                    ? ""
                    : "; \(rest == 1 ? "the other interval includes" : "the other \(rest) intervals include") 0"
            return "\(subject), \(Figures.count(rows.count, "task")): \(Figures.joined(decided))\(others). "
                + "Intervals are not corrected for their number."
        }
    }

    /// What the intervals do not hold: seeds, the budget of steps and the edges of the grid.
    private static func limits(_ findings: SuiteFindings) -> [String] {
        let trained = findings.accuracy.rows.filter {
            $0.representative.cell.method.takesSteps && !$0.scores.isEmpty
        }
        guard let steps = trained.map(\.representative.cell.schedule.steps).max() else { return [] }
        let seeds = trained.map(\.scores.count).max() ?? 1
        let largest = trained.filter { $0.choice?.isLargestOfGrid ?? false }.map(\.representative)
        return [
            "\(seeds == 1 ? "One seed each" : "At most \(seeds) seeds each"), at most \(steps) steps (MeZO's protocol for "
                + "OPT: 20,000): the intervals hold the draw of test examples, not the seed's luck or the budget."
        ]
            + (largest.isEmpty
                ? []
                : [
                    "The chosen learning rate is the largest tried for "
                        + "\(Figures.joined(largest.map(findings.names.phrase))), so a larger one might do better."
                ])
    }
}
