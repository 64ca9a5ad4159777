import Kernels

extension EmbeddingTable {
    /// Adds the gradient of gathered rows to the rows of the table that they came from.
    func backward(_ indices: [Int32], gradient: MatrixView, pass: BackwardPass) {
        guard let own = pass.gradient else { return }
        RowScattering.add(gradient, to: own.view(weight), at: indices, team: pass.team)
    }
}
