package import Training

/// A cell as a run wants it stored, with sizes of its model that the cell does not tell.
package struct CellToPlan: Sendable, Hashable {
    /// The cell.
    package var cell: Cell
    /// Decoder layers of its model.
    package var layerCount: Int
    /// Parameter elements of all decoder layers together; 0 when not known.
    package var layerParameterCount: Int64
    /// Parameter elements of the whole model, a tied tensor counted once; 0 when not known.
    package var parameterCount: Int64

    /// A cell to plan from all its values.
    package init(cell: Cell, layerCount: Int, layerParameterCount: Int64 = 0, parameterCount: Int64 = 0) {
        self.cell = cell
        self.layerCount = layerCount
        self.layerParameterCount = layerParameterCount
        self.parameterCount = parameterCount
    }
}

/// A trial as a run wants it stored.
package struct TrialToPlan: Sendable, Hashable {
    /// The trial.
    package var specification: TrialSpecification
    /// `TrialIdentity.hash` of it and its inputs.
    package var identity: String
    /// Its cell with the sizes of the model.
    package var cell: CellToPlan
    /// SHA-256 of what it reads; artifacts of the suite that have them are linked to the trial.
    package var inputs: [String]
    /// Why it cannot be run with these inputs; nil when it can.
    package var unavailability: String?

    /// A trial to plan from all its parts.
    package init(
        specification: TrialSpecification, identity: String, cell: CellToPlan, inputs: [String] = [],
        unavailability: String? = nil
    ) {
        self.specification = specification
        self.identity = identity
        self.cell = cell
        self.inputs = inputs
        self.unavailability = unavailability
    }
}
