import Kernels

extension LayerNormLayer {
    /// Adds the gradients of weight, bias and input; `gradient`, that of the output, is used up.
    func backward(
        input: MatrixView, gradient: MatrixView, addingTo inputGradient: MatrixView, pass: BackwardPass
    ) {
        pass.addColumnSums(of: gradient, to: bias)
        NormalizationGradient.layerNorm(
            gradient, input: input, weight: pass.weights(weight), epsilon: epsilon,
            addingTo: inputGradient, team: pass.team)
        pass.addColumnSums(of: gradient, to: weight)
    }
}

extension RootMeanSquareNormLayer {
    /// Adds the gradients of weight and input; `gradient`, that of the output, is used up.
    func backward(
        input: MatrixView, gradient: MatrixView, addingTo inputGradient: MatrixView, pass: BackwardPass
    ) {
        NormalizationGradient.rootMeanSquareNorm(
            gradient, input: input, weight: pass.weights(weight), epsilon: epsilon,
            addingTo: inputGradient, team: pass.team)
        pass.addColumnSums(of: gradient, to: weight)
    }
}
