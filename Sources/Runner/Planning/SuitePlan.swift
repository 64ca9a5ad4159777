import LanguageModels
import ModelFiles
package import ResultStore
package import Suites
import Training

/// What a run of a suite consists of: its trials with their identities, its timing cells, its inputs and its cost.
package struct SuitePlan: Sendable {
    /// The suite, filtered.
    package let suite: Suite
    /// The files that it needs.
    package let inputs: SuiteInputs
    /// The cost of its parts.
    package let cost: CostEstimate
    /// Trials in the suite's order.
    package let trials: [TrialToPlan]
    /// Timing cells in the suite's order.
    package let timingCells: [CellToPlan]

    /// Plans a suite.
    ///
    /// - Throws: ``RunnerError/missingInputs(_:)`` when a file is missing, and what reading examples throws.
    package init(suite: Suite, inputs: SuiteInputs, probe: RuntimeProbe) throws {
        guard inputs.missing.isEmpty else { throw RunnerError.missingInputs(inputs.missing) }
        self.suite = suite
        self.inputs = inputs
        cost = try CostEstimate(suite: suite, inputs: inputs, probe: probe)
        trials = try suite.trials.map { specification in
            TrialToPlan(
                specification: specification,
                identity: try TrialIdentity.hash(
                    specification: specification, inputs: inputs.hashes(for: specification.cell)),
                cell: CellToPlan(cell: specification.cell, inputs: inputs),
                inputs: inputs.hashes(for: specification.cell),
                unavailability: inputs.unavailability(of: specification.cell))
        }
        timingCells = suite.timingCells.filter { inputs.unavailability(of: $0) == nil }
            .map { CellToPlan(cell: $0, inputs: inputs) }
    }
}

extension CellToPlan {
    /// A cell with the sizes of its model.
    init(cell: Cell, inputs: SuiteInputs) {
        let model = inputs.models[cell.model]
        self.init(
            cell: cell, layerCount: model?.configuration.layerCount ?? 0,
            layerParameterCount: Int64(model?.parameterCounts.inDecoderLayers ?? 0),
            parameterCount: Int64(model?.parameterCounts.total ?? 0))
    }
}
