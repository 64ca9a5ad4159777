import Kernels

/// A decoder that can also go backwards.
///
/// A recorded pass calls `embed`, then `record` for each layer in order, then `recordFinish` on the rows that are
/// scored; the backward pass calls the other three in the opposite order.
protocol DifferentiableDecoder: Decoder {
    /// What a layer leaves for its backward pass.
    var tapeWidths: TapeWidths { get }

    /// Takes the residual stream through one layer, from `input` to `output`.
    func record(
        _ index: Int, _ input: MatrixView, into output: MatrixView, tape: LayerTape, rows: TokenRows,
        pass: ForwardPass
    ) throws(LanguageModelError)

    /// What the head reads of some rows of the residual stream, which stay as they are: in the workspace.
    func recordFinish(_ residualRows: MatrixView, pass: ForwardPass) throws(LanguageModelError) -> MatrixView

    /// Turns the gradient of what the head read, which is used up, into that of the rows, which is overwritten.
    func finishBackward(
        _ headGradient: MatrixView, residualRows: MatrixView, into rowGradient: MatrixView,
        pass: BackwardPass
    ) throws(LanguageModelError)

    /// Turns the gradient of a layer's output into that of its input.
    func backward(
        _ index: Int, _ gradient: MatrixView, input: MatrixView, tape: LayerTape, rows: TokenRows,
        pass: BackwardPass
    ) throws(LanguageModelError)

    /// Adds the gradients of embeddings, given that of the residual stream before the first layer.
    func embedBackward(
        _ rows: TokenRows, gradient: MatrixView, pass: BackwardPass
    ) throws(LanguageModelError)
}
