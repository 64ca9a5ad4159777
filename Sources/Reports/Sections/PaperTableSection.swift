import Comparison
import ResultStore
import Statistics
import Training

/// The table that a paper prints: methods as rows, tasks as columns, one for each model and plan.
enum PaperTableSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        ScoreMatrix.all(of: findings.accuracy).flatMap { matrix -> [Report.Block] in
            [.table(table(matrix, findings))] + (contestTable(matrix, findings).map { [.table($0)] } ?? [])
        }
    }

    private static func table(_ matrix: ScoreMatrix, _ findings: SuiteFindings) -> Table {
        let hasAverage = matrix.tasks.count > 1
        var table = Table(
            name: "scores-by-task", caption: caption(of: matrix, findings),
            columns: MethodNames.methodColumns
                + matrix.tasks.indices.map { .init(heading(task: $0, matrix), .trailing) }
                + (hasAverage ? [.init("average", .trailing)] : []),
            keyColumnCount: MethodNames.methodColumns.count, footnotes: footnotes(matrix, findings))
        for (index, line) in matrix.lines.enumerated() {
            let scores = line.entries.map(ScoreWords.entry)
            table.append(
                findings.names.methodCells(
                    line.representative, amongTasks: line.entries.compactMap(\.row?.representative)) + scores
                    + (hasAverage ? [Figures.percent(line.average)] : []))
            for task in matrix.tasks.indices where matrix.decidedBest(task: task) == index {
                table.emphasize(row: index, column: MethodNames.methodColumns.count + task)
            }
        }
        return table
    }

    private static func heading(task: Int, _ matrix: ScoreMatrix) -> String {
        let metric = matrix.lines.compactMap { $0.entries[task].row?.scores.first?.metric }.first
        let words = matrix.tasks[task].words
        return metric.map { "\(words) (\($0 == "accuracy" ? "%" : "\($0.uppercased()), %"))" } ?? words
    }

    private static func caption(of matrix: ScoreMatrix, _ findings: SuiteFindings) -> String {
        let cell = matrix.representative.cell
        let scores = matrix.lines.flatMap(\.entries).compactMap(\.row?.scores)
        let seeds = ScoreWords.range(scores.map(\.count).filter { $0 > 0 }, "seed")
        let isSpread = scores.contains { $0.count > 1 }
        let examples = matrix.tasks.indices.compactMap { task -> String? in
            let counts = matrix.lines.flatMap { $0.entries[task].row?.scores.map(\.exampleCount) ?? [] }
            guard let count = ScoreWords.range(counts) else { return nil }
            return "\(matrix.tasks[task].words) \(count)"
        }
        let plan = findings.names.planPhrase(cell)
        return MethodNames.caption(
            "Scores on test examples of \(cell.model.words)\(plan)"
                + (seeds.map { isSpread ? ", mean and standard deviation over \($0)" : ", \($0)" } ?? "")
                + (examples.isEmpty ? "." : "; test examples: \(examples.joined(separator: ", "))."),
            cells: matrix.lines.map(\.representative))
    }

    private static func footnotes(_ matrix: ScoreMatrix, _ findings: SuiteFindings) -> [String] {
        let entries = matrix.lines.flatMap(\.entries)
        var notes = [choice(entries)].compactMap { $0 }
        if !matrix.contests.isEmpty {
            notes.append(
                "Bold (* in plain text): the best of its task, given only where the paired 95% interval against every "
                    + "other method excludes 0 and no trial is still to come."
                    + (matrix.contests.contains { $0.difference?.scope == .seedsAndExamples }
                        ? "" : " With one seed that interval holds the draw of test examples only."))
        }
        if matrix.tasks.count > 1 {
            notes.append(
                matrix.lines.contains { $0.average == nil }
                    ? "The average is over all tasks; a method that lacks one has none."
                    : "The average is over all tasks.")
        }
        return notes + ScoreWords.legend(entries.map(\.state))
    }

    private static func choice(_ entries: [ScoreMatrix.Entry]) -> String? {
        let trained = entries.compactMap(\.row).filter { $0.representative.cell.method.takesSteps }
        guard !trained.isEmpty else { return nil }
        let basis =
            trained.contains { $0.representative.cell.schedule.checkpointRule == .devMetric }
            ? "development scores" : "development loss"
        return trained.contains { $0.cells.count > 1 }
            ? "Learning rate and step were chosen by \(basis), for each method and task; test examples took no part."
            : "The step was chosen by \(basis), for each method and task; one learning rate was tried for each."
    }

    private static func contestTable(_ matrix: ScoreMatrix, _ findings: SuiteFindings) -> Table? {
        guard !matrix.contests.isEmpty else { return nil }
        let cell = matrix.representative.cell
        var table = Table(
            name: "score-differences",
            caption: MethodNames.caption(
                "Each task's highest score against every other method, \(cell.model.words)"
                    + "\(findings.names.planPhrase(cell)), on the same test examples with the same seeds.",
                cells: matrix.lines.map(\.representative)),
            columns: [
                .init("data"), .init("highest"), .init("minus"), .init("seeds", .trailing),
                .init("examples", .trailing), .init("difference (points)", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("interval excludes 0"),
            ], keyColumnCount: 3, footnotes: contestNotes(matrix))
        for contest in matrix.contests {
            let difference = contest.difference
            table.append([
                matrix.tasks[contest.task].words,
                findings.names.methodAndSparsity(matrix.lines[contest.best].representative),
                findings.names.methodAndSparsity(matrix.lines[contest.other].representative),
                difference.map { String($0.pairCount) } ?? Figures.none,
                difference.map { String($0.exampleCount) } ?? Figures.none,
                Figures.points(difference?.difference), Figures.points(difference?.interval?.lower),
                Figures.points(difference?.interval?.upper),
                difference?.isDecided ?? false ? "yes" : "no",
            ])
        }
        return table
    }

    private static func contestNotes(_ matrix: ScoreMatrix) -> [String] {
        let differences = matrix.contests.map(\.difference)
        let known = differences.compactMap { $0 }
        var notes = [
            "The highest was picked after the scores were seen, and intervals are not corrected for their number: without any "
                + "difference about one in twenty excludes 0."
        ]
        if known.contains(where: { $0.scope == .examples }) {
            notes.append(
                "One seed: Bonett and Price's interval over test examples (Student's t where answers are scored by F1); it "
                    + "does not hold the variation between seeds.")
        }
        if known.contains(where: { $0.scope == .seedsAndExamples }) {
            notes.append(
                "Several seeds: the half-widths of Student's t over seeds and over examples, added in squares."
            )
        }
        if known.contains(where: { $0.interval == nil }) {
            notes.append(
                "No interval is given where the seeds, or the examples, do not vary in their difference.")
        }
        if differences.contains(where: { $0 == nil }) {
            notes.append("No difference is given where no trials with the same seeds are finished.")
        }
        return notes
    }
}
