import Foundation
package import ResultStore
package import Suites
import Training

/// What a run would do and cost, without doing it.
package struct RunPreview: Sendable {
    /// One trial of the preview.
    package struct Row: Sendable, Codable {
        /// The model's name.
        package let model: String
        /// The cell in a few words.
        package let label: String
        /// Optimizer steps.
        package let steps: Int
        /// Steps that the database holds already.
        package let completedSteps: Int
        /// How far the database has it.
        package let status: TrialStatus
        /// Seed of the drawn examples.
        package let dataSeed: UInt32
        /// Seed of noise, layers and batches.
        package let noiseSeed: UInt64
        /// Why the archive at hand has no data for it, nil when it has.
        package let unavailability: String?
        /// Predicted seconds of what is left, nil when inputs are missing.
        package let seconds: Double?
        /// Predicted peak memory in bytes, nil when inputs are missing.
        package let peakBytes: Double?
    }

    /// The suite's name.
    package let suiteName: String
    /// The protocol chosen; empty when the suite has no choice.
    package let protocolName: String
    /// All protocols of the suite.
    package let protocolNames: [String]
    /// The database that a run would fill.
    package let databasePath: String
    /// One row a trial.
    package let rows: [Row]
    /// Timing rounds that a run would take, counted once for each cell.
    package let roundCount: Int
    /// Predicted seconds of everything that is left, nil when inputs are missing.
    package let totalSeconds: Double?
    /// Predicted bytes of the largest trial or round, nil when inputs are missing.
    package let largestPeakBytes: Double?
    /// What is missing.
    package let missing: [MissingInput]

    /// Previews a suite, as far as its inputs are there.
    ///
    /// - Parameters:
    ///   - recorded: What the database holds of the suite; nil when there is none yet.
    ///   - shard: The share of the work to preview; nil for all of it, which is also shown as long as inputs are missing.
    package init(
        suite: Suite, inputs: SuiteInputs, probe: RuntimeProbe, databasePath: String,
        recorded: ResultSnapshot?, shard: Shard? = nil
    ) throws {
        let shard = inputs.missing.isEmpty ? shard : nil
        let cost = inputs.missing.isEmpty ? try CostEstimate(suite: suite, inputs: inputs, probe: probe) : nil
        suiteName = suite.name
        protocolName = suite.protocolName
        protocolNames = suite.protocolNames
        self.databasePath = databasePath
        missing = inputs.missing
        let progress = Self.progress(in: recorded)
        let trials = try suite.trials.filter { trial in
            guard let shard else { return true }
            let hashes = inputs.hashes(for: trial.cell)
            return shard.holds(trial: try TrialIdentity.hash(specification: trial, inputs: hashes))
        }
        let layerCounts = suite.layerCounts
        rows = trials.map { trial in
            let known = progress[trial]
            let unavailability = inputs.unavailability(of: trial.cell)
            let isOpen = unavailability == nil && known?.isOpen ?? true
            return Row(
                model: trial.cell.model.name,
                label: trial.cell.label(layerCount: layerCounts[trial.cell.model.name] ?? 0),
                steps: trial.cell.schedule.steps, completedSteps: known?.lastStep ?? 0,
                status: known?.status ?? .planned, dataSeed: trial.dataSeed, noiseSeed: trial.noiseSeed,
                unavailability: unavailability,
                seconds: isOpen
                    ? cost?.trialSeconds(of: trial.cell, stepsDone: known?.lastStep ?? 0) : 0,
                peakBytes: cost?.peakBytes(of: trial.cell))
        }
        let timingCells = suite.timingCells.filter { cell in
            inputs.unavailability(of: cell) == nil && (shard?.times(cell) ?? true)
        }
        let openRounds = RoundOrder.openRounds(of: timingCells, suite: suite, recorded: recorded)
        roundCount = openRounds.count
        largestPeakBytes = cost.flatMap { cost in
            (trials.map(\.cell) + timingCells).map(cost.peakBytes).max()
        }
        let trainingSeconds = rows.reduce(0.0) { $0 + ($1.seconds ?? 0) }
        totalSeconds = cost.map { cost in
            openRounds.reduce(trainingSeconds) {
                $0 + cost.roundSeconds(of: $1.cell, timing: $1.timing)
            }
        }
    }

    private static func progress(in snapshot: ResultSnapshot?) -> [TrialSpecification: TrialResult] {
        var progress: [TrialSpecification: TrialResult] = [:]
        for cell in snapshot?.cells ?? [] {
            for trial in cell.trials {
                let specification = TrialSpecification(
                    cell: cell.cell, dataSeed: trial.dataSeed, noiseSeed: trial.noiseSeed)
                progress[specification] = trial
            }
        }
        return progress
    }
}
