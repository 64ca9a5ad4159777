import Foundation
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
        /// Data seed and noise seed.
        package let dataSeed: UInt32
        package let noiseSeed: UInt64
        /// Predicted seconds, nil when inputs are missing.
        package let seconds: Double?
        /// Predicted peak memory in bytes, nil when inputs are missing.
        package let peakBytes: Double?
    }

    /// The suite's name.
    package let suiteName: String
    /// The database that a run would fill.
    package let databasePath: String
    /// One row a trial.
    package let rows: [Row]
    /// Timing rounds times cells.
    package let roundCount: Int
    /// Predicted seconds of everything, nil when inputs are missing.
    package let totalSeconds: Double?
    /// What is missing.
    package let missing: [MissingInput]

    /// Previews a suite, as far as its inputs are there.
    package init(suite: Suite, inputs: SuiteInputs, probe: RuntimeProbe, databasePath: String) throws {
        let cost = inputs.missing.isEmpty ? try CostEstimate(suite: suite, inputs: inputs, probe: probe) : nil
        suiteName = suite.name
        self.databasePath = databasePath
        missing = inputs.missing
        rows = suite.trials.map { trial in
            Row(
                model: trial.cell.model.name,
                label: trial.cell.label(layerCount: suite.layerCounts[trial.cell.model.name] ?? 0),
                steps: trial.cell.schedule.steps, dataSeed: trial.dataSeed, noiseSeed: trial.noiseSeed,
                seconds: cost?.trialSeconds(of: trial.cell, stepsDone: 0),
                peakBytes: cost?.peakBytes(of: trial.cell))
        }
        roundCount = (suite.timing?.rounds ?? 0) * suite.timingCells.count
        totalSeconds = cost.map { cost in
            let training = suite.trials.reduce(0.0) { $0 + cost.trialSeconds(of: $1.cell, stepsDone: 0) }
            guard let timing = suite.timing else { return training }
            let round = suite.timingCells.reduce(0.0) { $0 + cost.roundSeconds(of: $1, timing: timing) }
            return training + Double(timing.rounds) * round
        }
    }
}
