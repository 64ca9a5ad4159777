import Optimizers
package import ResultStore
package import Statistics

/// A median with its exact interval, if there were enough values for one.
package struct Centre: Sendable, Hashable {
    /// The median.
    package var median: Double
    /// The exact order-statistic interval at 95 %, nil for fewer than 6 values.
    package var interval: Interval?

    /// The centre of at least one value, or nil.
    package init?(of values: [Double]) {
        guard let middle = Statistics.median(of: values) else { return nil }
        median = middle
        interval = exactMedianInterval(of: values)
    }
}

/// One value for each phase of a step.
package struct PhaseValues: Sendable, Hashable {
    /// Drawing the dropped layers.
    package var select: Double
    /// The perturbation passes, restore included.
    package var perturb: Double
    /// The two forward passes.
    package var forward: Double
    /// The update pass.
    package var update: Double
}

/// How long a step of one cell takes, and where the time goes.
///
/// Steps are first reduced to their median inside a unit (a timing round, or a trial), because steps of one process share
/// its luck; medians and intervals are then over units.
package struct StepTimeSummary: Sendable {
    /// What the units are.
    package enum Source: Sendable, Hashable {
        /// Timing rounds in fresh processes, interleaved with the cells of the same comparison.
        case interleavedRounds
        /// Training steps of the trials, taken one trial after the other.
        case trainingSteps
    }

    /// The cell that was timed.
    package let cell: CellResult
    /// What the units are.
    package let source: Source
    /// Rounds or trials.
    package let unitCount: Int
    /// Steps in all units.
    package let stepCount: Int
    /// Nanoseconds of a step.
    package let totalNanoseconds: Centre
    /// Nanoseconds of each phase; medians, so their sum is only near the total.
    package let phaseNanoseconds: PhaseValues
    /// Nanoseconds of perturb and update together.
    package let overheadNanoseconds: Centre
    /// Nanoseconds of the forward passes.
    package let forwardNanoseconds: Centre
    /// Share of each phase in its step, in 0...1; medians as well.
    package let phaseShares: PhaseValues
    /// Share of perturb and update together, in 0...1.
    package let overheadShare: Centre
    /// Share of the perturbation passes alone.
    package let perturbShare: Centre
    /// Share of the forward passes alone.
    package let forwardShare: Centre
    /// Share of the update pass alone.
    package let updateShare: Centre
    /// Why the times mean nothing, or nil.
    package let reasonAgainst: String?

    /// The summary of a cell's timing rounds, nil when it has none.
    package static func rounds(of cell: CellResult, in snapshot: ResultSnapshot) -> StepTimeSummary? {
        let rounds = cell.rounds.filter { !$0.steps.isEmpty }
        return StepTimeSummary(
            cell: cell, source: .interleavedRounds, units: rounds.map(\.steps),
            environmentIDs: rounds.map(\.environmentID), snapshot: snapshot)
    }

    /// The summary of the steps that a cell's trials trained with, nil when there are none.
    package static func trainingSteps(of cell: CellResult, in snapshot: ResultSnapshot) -> StepTimeSummary? {
        let trials = cell.trials.filter { !$0.steps.isEmpty }
        return StepTimeSummary(
            cell: cell, source: .trainingSteps, units: trials.map(\.steps),
            environmentIDs: trials.map(\.environmentID), snapshot: snapshot)
    }

    private init?(
        cell: CellResult, source: Source, units: [[StepRecord]], environmentIDs: [Int64?],
        snapshot: ResultSnapshot
    ) {
        func overUnits(_ value: (PhaseTimes) -> Double) -> [Double] {
            units.compactMap { steps in median(of: steps.map { value($0.times) }) }
        }
        func phases(_ value: (Int64, PhaseTimes) -> Double) -> PhaseValues {
            func centre(_ phase: (PhaseTimes) -> Int64) -> Double {
                median(of: overUnits { value(phase($0), $0) }) ?? 0
            }
            return PhaseValues(
                select: centre(\.selectNanoseconds), perturb: centre(\.perturbNanoseconds),
                forward: centre(\.forwardNanoseconds), update: centre(\.updateNanoseconds))
        }
        guard let total = Centre(of: overUnits { Double($0.totalNanoseconds) }),
            let overhead = Centre(of: overUnits { $0.overheadShare }),
            let overheadTime = Centre(of: overUnits { Double($0.perturbNanoseconds + $0.updateNanoseconds) }),
            let forwardTime = Centre(of: overUnits { Double($0.forwardNanoseconds) }),
            let perturb = Centre(of: overUnits { $0.share(of: $0.perturbNanoseconds) }),
            let forward = Centre(of: overUnits { $0.share(of: $0.forwardNanoseconds) }),
            let update = Centre(of: overUnits { $0.share(of: $0.updateNanoseconds) })
        else { return nil }
        self.cell = cell
        self.source = source
        unitCount = units.count
        stepCount = units.reduce(0) { $0 + $1.count }
        totalNanoseconds = total
        overheadNanoseconds = overheadTime
        forwardNanoseconds = forwardTime
        overheadShare = overhead
        perturbShare = perturb
        forwardShare = forward
        updateShare = update
        phaseNanoseconds = phases { phase, _ in Double(phase) }
        phaseShares = phases { phase, times in times.share(of: phase) }
        reasonAgainst = TimingEnvironment.reasonAgainstComparing(
            environmentIDs.compactMap { $0.flatMap { snapshot.environments[$0] } })
    }
}

extension PhaseTimes {
    /// The share of some of its nanoseconds in the step, 0 when the step took no time at all.
    func share(of nanoseconds: Int64) -> Double {
        totalNanoseconds > 0 ? Double(nanoseconds) / Double(totalNanoseconds) : 0
    }

    /// The share of perturb and update together.
    var overheadShare: Double {
        share(of: perturbNanoseconds + updateNanoseconds)
    }
}
