import ResultStore
import Suites
package import Training

/// Two programs on one suite: each trains its trials, and rounds of both are taken in turns.
///
/// Each program has a database of its own and is started as a child, as a run starts itself; both read the very same
/// inputs. What the databases hold afterwards is what two runs would have left, but for the order of the rounds.
package final class InterleavedRun {
    private let runners: [Contender: SuiteRunner]
    private let stop: StopRequest

    /// A run of two programs, each with its own database.
    package init(baseline: SuiteRunner, candidate: SuiteRunner, stop: StopRequest) {
        runners = [.baseline: baseline, .candidate: candidate]
        self.stop = stop
    }

    /// Trains what a program's database lacks.
    ///
    /// - Throws: As `SuiteRunner.run`.
    package func train(_ contender: Contender) throws -> RunOutcome {
        var outcome = RunOutcome()
        guard let runner = runners[contender] else { return outcome }
        let registration = try runner.register()
        runner.clock = RunClock(
            predictedSeconds: runner.predictedSeconds(trials: registration.trials, rounds: []))
        try runner.runTrials(
            registration.trials, environmentID: registration.environmentID, outcome: &outcome)
        return outcome
    }

    /// Takes rounds of both programs in turns.
    ///
    /// A round that both databases hold is not taken again.
    ///
    /// - Parameters:
    ///   - rounds: Numbers of the rounds.
    ///   - cells: The cells to time; nil for all that the suite times.
    /// - Returns: The outcome of each program.
    /// - Throws: As `SuiteRunner.run`.
    package func time(
        rounds: ClosedRange<Int>, of cells: [Cell]? = nil
    ) throws -> [Contender: RunOutcome] {
        var outcomes: [Contender: RunOutcome] = [:]
        var sides: [Contender: Side] = [:]
        for (contender, runner) in runners {
            outcomes[contender] = RunOutcome()
            sides[contender] = try Side(runner)
        }
        let timed = cells ?? sides[.candidate]?.cells.map(\.cell) ?? []
        let turns = InterleavedOrder.turns(of: timed, rounds: rounds).filter { turn in
            !sides.values.allSatisfy { $0.holds(timed[turn.cell], round: turn.round) }
        }
        for (contender, runner) in runners {
            let open = turns.compactMap { sides[contender]?.openRound(timed[$0.cell], turn: $0, position: 0) }
            runner.clock = RunClock(predictedSeconds: runner.predictedSeconds(trials: [], rounds: open))
        }
        var done = 0
        for turn in turns {
            if stop.isMade {
                outcomes[.candidate]?.openRounds += turns.count * Contender.allCases.count - done
                return outcomes
            }
            for (position, contender) in turn.contenders.enumerated() {
                guard let runner = runners[contender], let side = sides[contender],
                    let round = side.openRound(timed[turn.cell], turn: turn, position: position)
                else { continue }
                try runner.runRounds(
                    [round], suiteID: side.registration.suiteID,
                    environmentID: side.registration.environmentID,
                    outcome: &outcomes[contender, default: RunOutcome()],
                    numbering: .init(
                        before: done, total: turns.count * Contender.allCases.count,
                        remark: " · \(contender.rawValue)"))
                done += 1
            }
        }
        return outcomes
    }

    /// What one program's database knows of the suite.
    private struct Side {
        let registration: SuiteRunner.Registration
        let cells: [PlannedCell]
        let finished: Set<RoundKey>
        let timing: TimingProtocol?

        init(_ runner: SuiteRunner) throws {
            registration = try runner.register()
            let wanted = Set(runner.plan.timingCells.map(\.cell))
            cells = try runner.store.timingCells(suiteID: registration.suiteID)
                .filter { wanted.contains($0.cell) }
            finished = try runner.store.finishedRounds(suiteID: registration.suiteID)
            timing = runner.plan.suite.timing
        }

        private func id(of cell: Cell) -> Int64? { cells.first { $0.cell == cell }?.id }

        func holds(_ cell: Cell, round: Int) -> Bool {
            id(of: cell).map { finished.contains(RoundKey(cellID: $0, round: round)) } ?? false
        }

        func openRound(_ cell: Cell, turn: InterleavedOrder.Turn, position: Int) -> OpenRound? {
            guard let timing, let cellID = id(of: cell) else { return nil }
            return OpenRound(
                cellID: cellID, cell: cell, round: turn.round, position: position, timing: timing)
        }
    }
}
