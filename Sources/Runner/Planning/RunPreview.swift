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
        /// Whether a run would take it up.
        package let isLeft: Bool
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
    ///   - known: What the database knows of trials by their identities, whichever suite wanted them, as a run will find
    ///     them. Asked only when no input is missing: without its inputs a trial has no identity, and what the suite itself
    ///     left in the database is shown.
    ///   - shard: The share of the work to preview; nil for all of it, which is also shown as long as inputs are missing.
    package init(
        suite: Suite, inputs: SuiteInputs, probe: RuntimeProbe, databasePath: String,
        recorded: ResultSnapshot?, known: ([String]) throws -> [String: PlannedTrial] = { _ in [:] },
        shard: Shard? = nil
    ) throws {
        let shard = inputs.missing.isEmpty ? shard : nil
        let cost = inputs.missing.isEmpty ? try CostEstimate(suite: suite, inputs: inputs, probe: probe) : nil
        suiteName = suite.name
        protocolName = suite.protocolName
        protocolNames = suite.protocolNames
        self.databasePath = databasePath
        missing = inputs.missing
        let trials: [(specification: TrialSpecification, course: KnownCourse?)]
        if inputs.missing.isEmpty {
            trials = try Self.identified(suite, inputs: inputs, shard: shard, known: known)
        } else {
            let progress = Self.progress(in: recorded)
            trials = suite.trials.map { ($0, progress[$0]) }
        }
        let layerCounts = suite.layerCounts
        rows = trials.map { trial, known in
            let unavailability = inputs.unavailability(of: trial.cell)
            let isLeft = unavailability == nil && known?.isOpen ?? true
            return Row(
                model: trial.cell.model.name,
                label: trial.cell.label(layerCount: layerCounts[trial.cell.model.name] ?? 0),
                steps: trial.cell.schedule.steps, completedSteps: known?.completedSteps ?? 0,
                status: known?.status ?? .planned, dataSeed: trial.dataSeed, noiseSeed: trial.noiseSeed,
                unavailability: unavailability, isLeft: isLeft,
                seconds: isLeft
                    ? cost?.trialSeconds(of: trial.cell, stepsDone: known?.completedSteps ?? 0) : 0,
                peakBytes: cost?.peakBytes(of: trial.cell))
        }
        let timingCells = suite.timingCells.filter { cell in
            inputs.unavailability(of: cell) == nil && (shard?.times(cell) ?? true)
        }
        let openRounds = RoundOrder.openRounds(of: timingCells, suite: suite, recorded: recorded)
        roundCount = openRounds.count
        largestPeakBytes = cost.flatMap { cost in
            (trials.map(\.specification.cell) + timingCells).map(cost.peakBytes).max()
        }
        let trainingSeconds = rows.reduce(0.0) { $0 + ($1.seconds ?? 0) }
        totalSeconds = cost.map { cost in
            openRounds.reduce(trainingSeconds) {
                $0 + cost.roundSeconds(of: $1.cell, timing: $1.timing)
            }
        }
    }

    /// How far a trial has come.
    private struct KnownCourse {
        var status: TrialStatus
        var isOpen: Bool
        var completedSteps: Int

        init(_ course: some TrialCourse, completedSteps: Int) {
            status = course.status
            isOpen = course.isOpen
            self.completedSteps = completedSteps
        }
    }

    /// The trials of a share, found in the database as a run finds them.
    private static func identified(
        _ suite: Suite, inputs: SuiteInputs, shard: Shard?, known: ([String]) throws -> [String: PlannedTrial]
    ) throws -> [(specification: TrialSpecification, course: KnownCourse?)] {
        let trials = try suite.trials.map { trial in
            (
                specification: trial,
                identity: try TrialIdentity.hash(
                    specification: trial, inputs: inputs.hashes(for: trial.cell))
            )
        }.filter { shard?.holds(trial: $0.identity) ?? true }
        let known = try known(trials.map(\.identity))
        return trials.map { trial in
            (
                trial.specification,
                known[trial.identity].map { KnownCourse($0, completedSteps: $0.completedSteps) }
            )
        }
    }

    private static func progress(in snapshot: ResultSnapshot?) -> [TrialSpecification: KnownCourse] {
        var progress: [TrialSpecification: KnownCourse] = [:]
        for cell in snapshot?.cells ?? [] {
            for trial in cell.trials {
                let specification = TrialSpecification(
                    cell: cell.cell, dataSeed: trial.dataSeed, noiseSeed: trial.noiseSeed)
                progress[specification] = KnownCourse(trial, completedSteps: trial.lastStep)
            }
        }
        return progress
    }
}
