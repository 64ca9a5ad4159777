import Kernels
import Optimizers
package import ResultStore
import Statistics

/// How long a step of fine-tuning takes in one cell, and where the time goes.
///
/// As for zeroth-order steps, steps are first reduced to their median inside a unit (a timing round, or a trial); medians
/// and intervals are then over units.
package struct GradientStepSummary: Sendable {
    /// The cell that was timed.
    package let cell: CellResult
    /// What the units are.
    package let source: StepTimeSummary.Source
    /// Rounds or trials.
    package let unitCount: Int
    /// Steps in all units.
    package let stepCount: Int
    /// Nanoseconds of a step.
    package let totalNanoseconds: Centre
    /// Nanoseconds of the forward pass; medians of phases add up to the step only nearly.
    package let forwardNanoseconds: Double
    /// Nanoseconds of the backward pass, repeated forward passes included.
    package let backwardNanoseconds: Double
    /// Nanoseconds of the gradient's norm and the update.
    package let updateNanoseconds: Double
    /// Why the times mean nothing, or nil.
    package let reasonAgainst: String?

    /// The summary of a cell's timing rounds or, without any, of the steps that its trials trained with; nil for a cell
    /// without steps of fine-tuning.
    package init?(of cell: CellResult, in snapshot: ResultSnapshot) {
        let rounds = cell.rounds.map { (steps: $0.firstOrderSteps, environmentID: $0.environmentID) }
        let trials = cell.trials.map { (steps: $0.firstOrderSteps, environmentID: $0.environmentID) }
        let isTimed = rounds.contains { !$0.steps.isEmpty }
        let units = (isTimed ? rounds : trials).filter { !$0.steps.isEmpty }
        func overUnits(_ value: (FirstOrderStepRecord) -> Int64) -> [Double] {
            units.compactMap { unit in median(of: unit.steps.map { Double(value($0)) }) }
        }
        guard let total = Centre(of: overUnits(\.totalNanoseconds)),
            let forward = median(of: overUnits(\.forwardNanoseconds)),
            let backward = median(of: overUnits(\.backwardNanoseconds)),
            let update = median(of: overUnits(\.updateNanoseconds))
        else { return nil }
        self.cell = cell
        source = isTimed ? .interleavedRounds : .trainingSteps
        unitCount = units.count
        stepCount = units.reduce(0) { $0 + $1.steps.count }
        totalNanoseconds = total
        forwardNanoseconds = forward
        backwardNanoseconds = backward
        updateNanoseconds = update
        reasonAgainst = TimingEnvironment.reasonAgainstComparing(
            units.compactMap { $0.environmentID.flatMap { snapshot.environments[$0] } })
    }
}
