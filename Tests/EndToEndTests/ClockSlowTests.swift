import Foundation
import GRDB
import Optimizers
import ResultStore
import Runner
import Suites
import Testing

/// A sweep during which the machine's clock is set back again and again.
@Suite("A clock that goes back", .serialized)
struct ClockSlowTests {
    /// The system's clock, set back by an hour after every evaluation, trial and round.
    private final class FallingClock: RunObserver {
        private(set) var jumps = 0
        private(set) var secondsLeft: [Double] = []

        func now() -> Int64 { ResultStore.wallClock() - Int64(jumps) * Self.hour }

        func noticed(_ notice: RunNotice, secondsLeft: Double?) {
            switch notice {
            case .evaluation, .trialEnded, .round: jumps += 1
            case .trialStarted, .step, .roundFailed: break
            }
            if let secondsLeft { self.secondsLeft.append(secondsLeft) }
        }

        static let hour: Int64 = 3_600_000_000_000
    }

    /// Runs a suite on the sandbox in this process, its trials and rounds in children of the built program.
    private func run(
        _ suitePath: String, database: String, in program: Program, clock: FallingClock
    ) throws -> RunOutcome {
        let suite = try Suite.read(
            String(contentsOfFile: suitePath, encoding: .utf8), path: suitePath,
            vocabulary: SuiteVocabulary(
                modelNames: ["sandbox-opt"], layerCount: { _ in 12 }, taskNames: ["sst2"]))
        let locations = try InputLocations(
            suite: suite, dataFolders: [], modelPaths: [], sandboxFolder: program.path("runs/sandbox"))
        let inputs = SuiteInputs(
            suite: suite, dataFolders: locations.dataFolders, modelPaths: locations.modelPaths)
        let environment = ChildEnvironment(executable: Program.executable.path)
        let machine = try MachineProbe(environment, threadCount: 1)
        let store = try ResultStore(path: program.path(database), mode: .readWrite, now: clock.now)
        let outcome = try SuiteRunner(
            plan: SuitePlan(suite: suite, inputs: inputs, probe: machine.trials), store: store,
            childEnvironment: environment, machine: machine, threadCount: 1, stop: StopRequest(),
            observer: clock
        ).run()
        try store.close()
        return outcome
    }

    private func query(_ database: String, _ sql: String, _ program: Program) throws -> [String] {
        let queue = try DatabaseQueue(path: program.path(database))
        defer { try? queue.close() }
        return try queue.read { try String.fetchAll($0, sql: sql) }
    }

    /// What must be the same whatever the clock says.
    private func results(_ database: String, _ program: Program) throws -> [String] {
        try query(
            database,
            """
            SELECT trial.identity || ' ' || trial.status || ' ' || trial.weights_digest || ' ' || evaluation.step
                || evaluation.split || hex(evaluation.loss) || hex(evaluation.value)
            FROM trial JOIN evaluation ON evaluation.trial_id = trial.id ORDER BY 1
            """, program)
    }

    @Test(
        "a sweep whose clock goes back ends the same, takes its durations by another clock, and can be read")
    func sweep() throws {
        try TinySuite.with { program, suite in
            let clock = FallingClock()
            let outcome = try run(suite, database: "falling.sqlite", in: program, clock: clock)
            #expect(outcome.doneTrials == 2 && outcome.doneRounds == 12)
            #expect(
                outcome.failedTrials + outcome.failedRounds + outcome.openTrials + outcome.openRounds == 0)
            #expect(clock.jumps > 14)
            #expect(clock.secondsLeft.allSatisfy { (0..<3600).contains($0) }, "\(clock.secondsLeft)")

            func answers(_ sql: String) throws -> [String] { try query("falling.sqlite", sql, program) }
            // The jumps are in the rows, between trials, within them and between rounds.
            #expect(try answers("SELECT 1 FROM attempt WHERE ended_ns < begun_ns").count == 2)
            for (table, column) in [("attempt", "begun_ns"), ("round", "recorded_ns")] {
                let moments = try answers("SELECT \(column) FROM \(table) ORDER BY id").compactMap {
                    Int64($0)
                }
                #expect(moments.count == (table == "round" ? 12 : 2))
                #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 > $1 })
            }
            // Durations know nothing of them.
            #expect(try answers("SELECT evaluation_ns FROM evaluation").allSatisfy { Int64($0) ?? 0 > 0 })
            let cells = try ResultStore(path: program.path("falling.sqlite"), mode: .readOnly)
                .snapshot(suiteNamed: "tiny").cells
            let steps = cells.flatMap { $0.trials.flatMap(\.steps) + $0.rounds.flatMap(\.steps) }
            #expect(steps.count == 2 * 6 + 12 * 3)
            #expect(
                steps.map(\.times.totalNanoseconds).allSatisfy { (1..<FallingClock.hour).contains($0) })
            #expect(try answers("PRAGMA integrity_check") == ["ok"])
            #expect(try answers("SELECT \"table\" FROM pragma_foreign_key_check").isEmpty)

            let plain = try program.run(["run", suite, "--db", "plain.sqlite", "--threads", "1"])
            #expect(plain.exitCode == 0, "\(plain.errors)")
            let wanted = try results("plain.sqlite", program)
            #expect(wanted.count >= 6)
            #expect(try results("falling.sqlite", program) == wanted)

            let report = try program.run(["report", "falling.sqlite", "-o", "falling-report.md"])
            #expect(report.exitCode == 0, "\(report.errors)")
            #expect(
                String(decoding: try program.bytes(of: "falling-report.md"), as: UTF8.self).contains("LeZO"))
            let again = try program.run(["run", suite, "--db", "falling.sqlite", "--threads", "1"])
            #expect(again.exitCode == 0 && !again.errors.contains("trial 1"), "\(again.errors)")
            let replay = try program.run(["replay", "falling.sqlite", "1", "-o", "weights.safetensors"])
            #expect(replay.exitCode == 0, "\(replay.errors)")
            let merge = try program.run(["merge", "-o", "all.sqlite", "falling.sqlite", "falling.sqlite"])
            #expect(merge.exitCode == 0, "\(merge.errors)")
            #expect(try results("all.sqlite", program) == wanted)
        }
    }
}
