import Comparison
import ResultStore
import Statistics
import Training

/// All that a suite left in a database as files in long form, one kind of thing a file.
///
/// Cells, trials and environments are numbered from 1 in the order of the tables, so that the same content gives the same
/// bytes whatever the order in which it was stored.
struct SuiteData {
    let findings: SuiteFindings
    private let cellNumbers: [Int64: Int]
    private let trialNumbers: [Int64: Int]
    private let environmentNumbers: [Int64: Int]

    init(_ findings: SuiteFindings) {
        func numbered(_ ids: [Int64]) -> [Int64: Int] {
            Dictionary(
                zip(ids, 1...).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
        }
        self.findings = findings
        cellNumbers = numbered(findings.cells.map(\.id))
        trialNumbers = numbered(findings.cells.flatMap(\.trials).map(\.id))
        // In the order in which the cells first used them.
        let used = findings.cells.flatMap { cell in
            cell.trials.map(\.environmentID) + cell.rounds.map(\.environmentID)
        }
        environmentNumbers = numbered(
            used.compactMap { $0 }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
    }

    /// Every file in a fixed order; one without rows is a header alone, so that programs always find it.
    var files: [DataFile] {
        [
            suite, environments, cells, trials, steps, firstOrderSteps, evaluations, testAnswers, rounds,
            roundSteps, firstOrderRoundSteps, speedups, speedupRounds, scores, claims,
        ]
    }

    func number(of cell: CellResult) -> DataField? {
        cellNumbers[cell.id].map { DataField($0) }
    }

    func number(of trial: TrialResult) -> DataField? {
        trialNumbers[trial.id].map { DataField($0) }
    }

    func environment(_ id: Int64?) -> DataField? {
        id.flatMap { environmentNumbers[$0] }.map { DataField($0) }
    }

    private var suite: DataFile {
        var file = DataFile("suite", columns: ["name", "title", "file_sha256", "claims"])
        let snapshot = findings.snapshot
        file.append([
            DataField(snapshot.suiteName), DataField(snapshot.title), DataField(snapshot.suiteSHA256),
            DataField(snapshot.claims.joined(separator: " ")),
        ])
        return file
    }

    private var environments: DataFile {
        var file = DataFile("environments", columns: ["environment", "property", "value"])
        for (id, number) in environmentNumbers.sorted(by: { $0.value < $1.value }) {
            guard let environment = findings.snapshot.environments[id] else { continue }
            for (property, value) in EnvironmentFacts.all {
                file.append([DataField(number), DataField(property), DataField(value(environment))])
            }
        }
        return file
    }

    private var claims: DataFile {
        var file = DataFile(
            "claims",
            columns: [
                "claim", "reported", "read as", "measured", "value", "low", "high", "verdict", "reason",
                "differs",
            ])
        for assessment in findings.claims.assessments {
            file.append([
                DataField(assessment.claim.id), DataField(assessment.claim.reportedWords),
                assessment.reading.map { DataField($0.rawValue) }, DataField(assessment.subject),
                assessment.value.map { DataField($0) },
                assessment.interval.map { DataField($0.lower) },
                assessment.interval.map { DataField($0.upper) },
                DataField(assessment.verdict.words),
                DataField(assessment.reasons.joined(separator: "; ")),
                DataField(assessment.differences.map(\.words).joined(separator: "; ")),
            ])
        }
        return file
    }
}
