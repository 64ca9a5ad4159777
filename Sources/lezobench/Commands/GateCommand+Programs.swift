import ArgumentParser
import Comparison
import Foundation
import Reports
import ResultStore
import Runner
import Suites
import Training

extension GateCommand {
    /// Runs a suite with two programs, or with one against itself, and judges what came of it.
    func judgePrograms(policy: GatePolicy) throws -> GateOutcome {
        let candidatePath = candidateProgram ?? ChildEnvironment.ownExecutable()
        let baselinePath = baselineProgram ?? candidatePath
        let suite = try SuiteLibrary.find(
            self.suite ?? "", in: paths.suiteFolders, vocabulary: try paths.vocabulary()
        )
        .filtered(by: filters.map { text in try SuiteFilter(text) })
        guard suite.timing != nil, !suite.timingCells.isEmpty else {
            throw InputError(
                "suite '\(suite.name)' times no cell; give it 'timing', or gate two databases of it")
        }
        let place = try InterleavedFolder(
            path: folder, baselineProgram: baselinePath, candidateProgram: candidatePath)
        let stop = StopRequest.announced()
        let signals = stop.listenToSignals()
        defer { signals.forEach { $0.cancel() } }
        let progress = TerminalProgress()
        defer { progress.finish() }
        let run = try interleavedRun(
            of: suite, in: place, programs: [.baseline: baselinePath, .candidate: candidatePath], stop: stop,
            progress: progress)
        if let againstItself {
            _ = try take(1...againstItself * policy.timing.rounds, with: run)
            progress.finish()
            return try calibrate(in: place, suite: suite.name, policy: policy)
        }
        if !isTimingOnly {
            for contender in Contender.allCases {
                StandardError.write("training with the \(contender.rawValue)\n")
                if try run.train(contender).isInterrupted { throw stopped() }
            }
        }
        let (gate, difference) = try confirmed(run, in: place, suite: suite.name, policy: policy)
        progress.finish()
        try publish(gate, of: difference, policy: policy)
        return gate.outcome
    }

    /// Takes the first stage, then fresh rounds of what it flags, and judges both.
    private func confirmed(
        _ run: InterleavedRun, in place: InterleavedFolder, suite: String, policy: GatePolicy
    ) throws -> (Gate, SuiteDifference) {
        let rounds = policy.timing.rounds
        var failures = try take(1...rounds, with: run)
        func judged() throws -> (Gate, SuiteDifference) {
            let difference = try self.difference(
                baseline: place.database(of: .baseline), candidate: place.database(of: .candidate),
                suite: suite)
            let gate = Gate(
                of: difference, policy: policy, history: try earlierRuns(suite: suite),
                failedRounds: (failures[.baseline, default: 0], failures[.candidate, default: 0]))
            return (gate, difference)
        }
        let first = try judged()
        let flagged = first.0.cellsToConfirm.map(\.cell)
        guard !flagged.isEmpty else { return first }
        StandardError.write(
            "\n\(flagged.count) of \(first.0.timedCells.count) cells look slower; taking fresh rounds to confirm\n"
        )
        failures.merge(try take(rounds + 1...2 * rounds, of: flagged, with: run), uniquingKeysWith: +)
        return try judged()
    }

    /// Counts the false alarms of one program against itself.
    private func calibrate(
        in place: InterleavedFolder, suite: String, policy: GatePolicy
    ) throws -> GateOutcome {
        let difference = try self.difference(
            baseline: place.database(of: .baseline), candidate: place.database(of: .candidate), suite: suite)
        let cells = difference.cells.map { $0.blocks(of: policy.timing.rounds) }
        let gates = (0..<(cells.map(\.count).min() ?? 0)).map { gate in cells.map { $0[gate] } }
        guard let calibration = TimingCalibration(gates: gates, policy: policy.timing) else {
            throw InputError("no round was taken, so there is nothing to calibrate by")
        }
        try publish(CalibrationReport.make(from: calibration, of: difference, policy: policy))
        return calibration.isTrustworthy ? .passed : .undecided
    }

    /// Takes rounds and says how many of each program failed.
    private func take(
        _ rounds: ClosedRange<Int>, of cells: [Cell]? = nil, with run: InterleavedRun
    ) throws -> [Contender: Int] {
        let outcomes = try run.time(rounds: rounds, of: cells)
        if outcomes.values.contains(where: \.isInterrupted) { throw stopped() }
        return outcomes.mapValues(\.failedRounds)
    }

    private func stopped() -> ExitCode {
        StandardError.write("\nstopped on request; run the same command again to go on from there\n")
        return ExitStatus.interrupted
    }

    private func interleavedRun(
        of suite: Suite, in place: InterleavedFolder, programs: [Contender: String], stop: StopRequest,
        progress: TerminalProgress
    ) throws -> InterleavedRun {
        let locations = try InputLocations(
            suite: suite, dataFolders: paths.dataFolders, modelPaths: paths.modelPaths,
            sandboxFolder: place.sandbox)
        let inputs = SuiteInputs(
            suite: suite, dataFolders: locations.dataFolders, modelPaths: locations.modelPaths)
        func runner(_ contender: Contender) throws -> SuiteRunner {
            let program = try TimedProgram(path: programs[contender] ?? "", threadCount: threads.count)
            return SuiteRunner(
                plan: try SuitePlan(suite: suite, inputs: inputs, probe: program.machine.trials),
                store: try ResultStore(path: place.database(of: contender), mode: .readWrite),
                childEnvironment: program.environment, machine: program.machine, threadCount: threads.count,
                stop: stop, observer: progress)
        }
        return InterleavedRun(
            baseline: try runner(.baseline), candidate: try runner(.candidate), stop: stop)
    }
}
