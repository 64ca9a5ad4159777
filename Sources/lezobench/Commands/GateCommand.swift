import ArgumentParser
import Comparison
import Foundation
import Reports
import ResultStore
import Suites

/// Decides whether a candidate may take a baseline's place.
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Gate a candidate against a baseline: exact numbers, test scores and step time.",
        discussion: """
            Step times of two builds mean something only when their rounds were taken in turns. With --baseline-program \
            the gate trains the suite with both programs, takes their rounds in turns and, where a cell is flagged as \
            slower, takes fresh rounds to confirm it. With two databases it judges what they hold; the databases that it \
            leaves in its folder can be judged again.

            EXAMPLES
              lezobench gate --baseline-program old/lezobench --suite smoke
              lezobench gate --baseline-program old/lezobench --suite smoke --policy gate.yaml --junit gate.xml
              lezobench gate --baseline before.sqlite after.sqlite --suite smoke --markdown gate.md
              lezobench gate --against-itself 10 --suite smoke --filter task=sst2

            EXIT CODES
              0 passed; 1 the candidate or the gate itself crashed; 2 regression confirmed; 3 undecided: too noisy or too
              few rounds; 4 not comparable: other machines, missing cells, rounds not taken in turns, a database of another
              version; 5 quality inferior; 64 usage or input error, such as a damaged database; 130 stopped on request, run
              again to go on.
            """)

    @Option(help: "The baseline's results database.")
    var baseline: String?

    @Argument(help: "The candidate's results database.")
    var candidate: String?

    @Option(name: .customLong("baseline-program"), help: "The baseline's build of lezobench.")
    var baselineProgram: String?

    @Option(name: .customLong("candidate-program"), help: "The candidate's build (default: this program).")
    var candidateProgram: String?

    @Option(
        name: .customLong("against-itself"),
        help: "Calibrate: hold the candidate program against itself so many times and count the false alarms."
    )
    var againstItself: Int?

    @Option(help: "The suite; with two databases needed only when they hold several.")
    var suite: String?

    @OptionGroup var paths: SearchPaths

    @Option(
        name: .customLong("filter"),
        help: "With programs: keep only what matches, as key=value; may be given several times.")
    var filters: [String] = []

    @Flag(name: .customLong("timing-only"), help: "With programs: train nothing, take rounds alone.")
    var isTimingOnly = false

    @Option(help: "With programs: the folder for the two databases.")
    var folder = "runs/gate"

    @OptionGroup var threads: ThreadOption

    @Option(help: "The policy file (default: the policy that suites/README.md describes).")
    var policy: String?

    @Option(help: "An earlier database of the same suite, to warn by; may be given several times.")
    var history: [String] = []

    @Option(help: "A file for the checks as JUnit XML.")
    var junit: String?

    @Option(help: "A file for the report as Markdown, such as the summary of a pull request.")
    var markdown: String?

    @Option(
        help:
            "The form on standard output: terminal, markdown, csv or latex (default: terminal at a terminal, else markdown)."
    )
    var format: ReportFormat?

    @Flag(help: "Print GitHub workflow annotations (on by itself when GITHUB_ACTIONS is set).")
    var annotations = false

    func validate() throws {
        if let againstItself, againstItself < 1 {
            throw ValidationError("--against-itself is \(againstItself); give 1 or more")
        }
        let usesPrograms = baselineProgram != nil || againstItself != nil
        let usesDatabases = baseline != nil || candidate != nil
        guard usesPrograms != usesDatabases else {
            throw ValidationError(
                "give either two databases (--baseline A.sqlite B.sqlite) or a program to time "
                    + "(--baseline-program PROGRAM or --against-itself R)")
        }
        if usesPrograms, suite == nil {
            throw ValidationError("name the suite to run with both programs: --suite smoke")
        }
        if usesDatabases, baseline == nil || candidate == nil {
            throw ValidationError("two databases are needed: --baseline A.sqlite B.sqlite")
        }
        if baselineProgram != nil, againstItself != nil {
            throw ValidationError(
                "--against-itself holds one program against itself; leave --baseline-program out")
        }
    }

    func run() throws {
        do {
            let policy = try self.policy.map { try GatePolicy.load(path: $0) } ?? GatePolicy()
            let outcome =
                if let baseline, let candidate {
                    try judge(baseline: baseline, candidate: candidate, policy: policy)
                } else {
                    try judgePrograms(policy: policy)
                }
            if outcome != .passed { throw ExitCode(outcome.rawValue) }
        } catch let code as ExitCode {
            throw code
        } catch {
            StandardError.write(LezoBench.printableMessage(for: error))
            throw GateFailure.exitCode(for: error)
        }
    }

    /// Judges what two databases hold.
    private func judge(baseline: String, candidate: String, policy: GatePolicy) throws -> GateOutcome {
        let store = try ResultStore(path: baseline, mode: .readOnly)
        let name = try suite ?? SuiteChoice(nil).name(in: store, path: baseline)
        let difference = try self.difference(baseline: baseline, candidate: candidate, suite: name)
        let gate = Gate(of: difference, policy: policy, history: try earlierRuns(suite: name))
        try publish(gate, of: difference, policy: policy)
        return gate.outcome
    }

    /// One suite in two databases.
    func difference(baseline: String, candidate: String, suite: String) throws -> SuiteDifference {
        func snapshot(_ path: String) throws -> ResultSnapshot {
            try ResultStore(path: path, mode: .readOnly).snapshot(suiteNamed: suite)
        }
        return SuiteDifference(baseline: try snapshot(baseline), candidate: try snapshot(candidate))
    }

    /// The suite in the databases of earlier runs; those that do not hold it are of no use and say nothing.
    func earlierRuns(suite: String) throws -> [ResultSnapshot] {
        try history.compactMap { path in
            let store = try ResultStore(path: path, mode: .readOnly)
            return try store.suiteNames().contains(suite) ? store.snapshot(suiteNamed: suite) : nil
        }
    }

    /// Prints the report, writes the files that were asked for, and leaves annotations in a workflow's log.
    func publish(_ gate: Gate, of difference: SuiteDifference, policy: GatePolicy) throws {
        try publish(GateReport.make(from: gate, of: difference, policy: policy))
        if let junit { try TextFile.write(JUnitRenderer.render(gate, of: difference), to: junit) }
        if annotations || ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" {
            try StandardOutput.write(WorkflowAnnotations.render(gate, of: difference))
        }
    }

    /// Prints a report, and writes it as Markdown where that was asked for.
    func publish(_ report: Report) throws {
        try StandardOutput.write((format ?? .standard).render(report))
        if let markdown { try TextFile.write(MarkdownRenderer.render(report), to: markdown) }
    }
}
