import Kernels

extension LinearLayer {
    /// Adds the gradients of weight and bias, and writes that of the input.
    ///
    /// Shapes: input and inputGradient [T, input width], outputGradient [T, output width].
    func backward(
        input: MatrixView, outputGradient: MatrixView, inputGradient: MatrixView, pass: BackwardPass
    ) {
        backwardOfParameters(input: input, outputGradient: outputGradient, pass: pass)
        backwardOfInput(outputGradient, into: inputGradient, pass: pass)
    }

    /// Adds the gradients of weight and bias.
    func backwardOfParameters(input: MatrixView, outputGradient: MatrixView, pass: BackwardPass) {
        guard let gradient = pass.gradient else { return }
        ProductGradient.addOfWeight(
            outputGradient, input: input, to: gradient.view(weight), team: pass.team)
        if let bias { pass.addColumnSums(of: outputGradient, to: bias) }
    }

    /// Writes the gradient of the input.
    func backwardOfInput(_ outputGradient: MatrixView, into inputGradient: MatrixView, pass: BackwardPass) {
        ProductGradient.ofInput(
            outputGradient, weight: pass.weights(weight), into: inputGradient, team: pass.team)
    }
}
