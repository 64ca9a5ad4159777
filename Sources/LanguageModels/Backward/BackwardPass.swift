import Kernels

/// One backward pass through a model: the forward pass that it follows, and where gradients go.
///
/// Gradients of parameters are added to the arena. Determinism class: the same bits for any number of threads on one
/// core type; a tolerance across.
final class BackwardPass {
    /// The pass that computed the activations, and that computes them again where they were not kept.
    let forward: ForwardPass
    /// The gradient of the model's own parameters; nil where adapters are tuned in their place.
    let gradient: GradientArena?
    /// The gradient of adapters, where the model has them.
    let adapterGradient: GradientArena?

    init(forward: ForwardPass, gradient: GradientArena) {
        self.forward = forward
        self.gradient = forward.adapters == nil ? gradient : nil
        adapterGradient = forward.adapters == nil ? nil : gradient
    }

    var team: ThreadTeam { forward.team }
    var workspace: ActivationWorkspace { forward.workspace }

    /// A matrix of parameters where it is stored.
    func weights(_ weight: WeightMatrix) -> MatrixView {
        MatrixView(
            base: forward.arena.base + weight.offset, rowCount: weight.rowCount,
            columnCount: weight.columnCount)
    }

    /// A vector of parameters where it is stored.
    func weights(_ weight: WeightVector) -> UnsafePointer<Float> {
        UnsafePointer(forward.arena.base + weight.offset)
    }

    /// Adds the sums of columns to the gradient of a vector of parameters, unless these are frozen.
    func addColumnSums(of rows: MatrixView, to vector: WeightVector) {
        guard let gradient else { return }
        ColumnSums.add(rows, to: gradient.element(vector.offset), team: team)
    }
}
