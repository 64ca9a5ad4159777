package import Training

/// One cell with everything recorded for it.
package struct CellResult: Sendable {
    /// Row id.
    package var id: Int64
    /// What was run.
    package var cell: Cell
    /// Decoder layers of the model, so that sparsity = dropped / layers.
    package var layerCount: Int
    /// Parameter elements of all decoder layers together; a tied tensor counts once.
    package var layerParameterCount: Int64
    /// Parameter elements of the whole model, always-tuned ones included; 0 when not recorded.
    package var parameterCount: Int64
    /// Every trial planned for it, by data seed and noise seed.
    package var trials: [TrialResult]
    /// Every timing round recorded for it, by round number.
    package var rounds: [RoundResult]

    /// A cell result from all its parts.
    package init(
        id: Int64, cell: Cell, layerCount: Int, layerParameterCount: Int64, parameterCount: Int64,
        trials: [TrialResult], rounds: [RoundResult]
    ) {
        self.id = id
        self.cell = cell
        self.layerCount = layerCount
        self.layerParameterCount = layerParameterCount
        self.parameterCount = parameterCount
        self.trials = trials
        self.rounds = rounds
    }
}
