import Kernels
import Optimizers
import Provenance
import ResultStore
import Suites
import Training

extension SuiteRunner {
    /// The rounds to take: of the cells that this run wants of its share, whatever the database has planned beside them.
    func openRounds(suiteID: Int64) throws -> [OpenRound] {
        guard let timing = plan.suite.timing else { return [] }
        let wanted = Set(plan.timingCells.map(\.cell).filter { shard?.times($0) ?? true })
        return RoundOrder.openRounds(
            of: try store.timingCells(suiteID: suiteID).filter { wanted.contains($0.cell) }, timing: timing,
            finished: try store.finishedRounds(suiteID: suiteID))
    }

    /// Where rounds stand among those of a longer run, for the person who watches.
    struct Numbering {
        /// Rounds before them.
        var before = 0
        /// Rounds of the whole run; nil when these are all.
        var total: Int?
        /// What the cell's name is followed by, such as the program that is timed.
        var remark = ""
    }

    /// Takes the open rounds one after the other.
    func runRounds(
        _ rounds: [OpenRound], suiteID: Int64, environmentID: Int64, outcome: inout RunOutcome,
        numbering: Numbering = Numbering()
    ) throws {
        let total = numbering.total ?? rounds.count
        for (index, round) in rounds.enumerated() {
            if stop.isMade {
                outcome.openRounds = rounds.count - index
                return
            }
            let label =
                "\(round.cell.label(layerCount: plan.inputs.layerCount(of: round.cell.model))) · round \(round.round)\(numbering.remark)"
            let loadBefore = LoadSample.take()
            switch try measure(round) {
            case .success(let timed):
                try store.replaceRound(
                    suiteID: suiteID, cellID: round.cellID, round: round.round, position: round.position,
                    environmentID: environmentID, loadBefore: loadBefore, loadAfter: LoadSample.take(),
                    warmupSteps: round.timing.warmupSteps, steps: timed.steps,
                    firstOrderSteps: timed.firstOrderSteps, peakResidentBytes: timed.peakResidentBytes,
                    memory: timed.memory, work: timed.work)
                outcome.doneRounds += 1
                clock.complete(predictedSeconds: plan.cost.roundSeconds(of: round.cell, timing: round.timing))
                observer.noticed(
                    .round(
                        number: numbering.before + index + 1, of: total, label: label,
                        secondsPerStep: timed.medianStepSeconds),
                    secondsLeft: clock.secondsLeft)
            case .failure(let failure):
                outcome.failedRounds += 1
                clock.drop(predictedSeconds: plan.cost.roundSeconds(of: round.cell, timing: round.timing))
                observer.noticed(
                    .roundFailed(
                        number: numbering.before + index + 1, of: total, label: label, failure: failure),
                    secondsLeft: clock.secondsLeft)
            case .interrupted:
                outcome.openRounds = rounds.count - index
                return
            }
        }
    }

    private enum Measurement {
        case success(TimedSteps)
        case failure(TrialFailure)
        case interrupted
    }

    private struct TimedSteps {
        var steps: [StepRecord] = []
        var firstOrderSteps: [FirstOrderStepRecord] = []
        var peakResidentBytes: Int64 = 0
        var memory: MemoryUse?
        var work: CountedWork?

        var medianStepSeconds: Double {
            let times = steps.map(\.times.totalNanoseconds) + firstOrderSteps.map(\.totalNanoseconds)
            let sorted = times.sorted()
            return sorted.isEmpty ? 0 : Double(sorted[sorted.count / 2]) / 1e9
        }
    }

    private func measure(_ round: OpenRound) throws -> Measurement {
        // Cells of one comparison see the same batches in one round, and other ones in the next.
        let specification = TrialSpecification(
            cell: round.cell, dataSeed: plan.suite.timingDataSeed, noiseSeed: UInt64(round.round))
        let process = try start(
            specification: specification,
            purpose: .time(warmupSteps: round.timing.warmupSteps, steps: round.timing.steps))
        defer { release(process) }
        var timed = TimedSteps()
        while let event = try process.nextEvent() {
            try greet(event)
            switch withoutFailureByRequest(event, step: 0) {
            case .step(let record) where record.step > round.timing.warmupSteps: timed.steps.append(record)
            case .firstOrderStep(let record) where record.step > round.timing.warmupSteps:
                timed.firstOrderSteps.append(record)
            case .finished(let summary):
                timed.peakResidentBytes = summary.peakResidentBytes
                timed.memory = summary.memory
                timed.work = summary.timedWork
                return .success(timed)
            case .failed(let failure): return .failure(failure)
            case .interrupted: return .interrupted
            default: break
            }
        }
        return .interrupted
    }
}
