import Kernels

/// How many floats of each kind a layer leaves for its backward pass, for each token row.
struct TapeWidths {
    /// The residual stream.
    let hidden: Int
    /// Queries, keys and values.
    let projected: Int
    /// The attention's context.
    let context: Int
    /// The inside of the feed-forward block.
    let inside: Int

    var total: Int { 4 * hidden + projected + context + inside }
}

/// What a layer's forward pass leaves for its backward pass; one row for each token.
struct LayerTape {
    /// What the attention block read, unless it was the layer's input itself.
    let attentionInput: MatrixView
    /// Queries, keys and values, rotated.
    let projected: MatrixView
    /// What attention gave to the output projection.
    let context: MatrixView
    /// The residual stream between the two blocks, before any norm.
    let middle: MatrixView
    /// What the feed-forward block read.
    let feedForwardInput: MatrixView
    /// After ReLU, or gate and up before the gate.
    let inside: MatrixView
    /// The residual stream after the two blocks, where a norm follows.
    let last: MatrixView
}

/// The activations that a backward pass needs, kept between calls so that a step allocates nothing.
final class ActivationTape {
    private var buffer: AlignedBuffer<Float>?
    private var rowCount = 0
    private var layerCount = 0
    private var widths = TapeWidths(hidden: 0, projected: 0, context: 0, inside: 0)
    private var retention = ActivationRetention.kept

    /// The bytes held now.
    var bytes: Int { (buffer?.count ?? 0) * MemoryLayout<Float>.stride }

    /// Makes room for a batch; what the tape held before is lost.
    func prepare(
        rowCount: Int, layerCount: Int, widths: TapeWidths, retention: ActivationRetention
    ) throws(LanguageModelError) {
        self.rowCount = rowCount
        self.layerCount = layerCount
        self.widths = widths
        self.retention = retention
        let tapeCount = retention == .kept ? layerCount : 1
        let count = rowCount * ((layerCount + 1) * widths.hidden + tapeCount * widths.total)
        if let buffer, buffer.count >= count { return }
        // The old buffer goes first, so that the two never exist together.
        buffer = nil
        do {
            buffer = try AlignedBuffer(count: count, purpose: .activations)
        } catch {
            throw .outOfMemory(error)
        }
    }

    /// The residual stream before layer `index`; with `index` the number of layers, after the last one.
    func residual(before index: Int) -> MatrixView {
        view(at: index * rowCount * widths.hidden, columns: widths.hidden)
    }

    /// The place of a layer's activations; all layers share one if they are recomputed.
    func layer(_ index: Int) -> LayerTape {
        let place = retention == .kept ? index : 0
        var offset = rowCount * ((layerCount + 1) * widths.hidden + place * widths.total)
        func next(_ columns: Int) -> MatrixView {
            defer { offset += rowCount * columns }
            return view(at: offset, columns: columns)
        }
        return LayerTape(
            attentionInput: next(widths.hidden), projected: next(widths.projected),
            context: next(widths.context), middle: next(widths.hidden),
            feedForwardInput: next(widths.hidden), inside: next(widths.inside), last: next(widths.hidden))
    }

    private func view(at offset: Int, columns: Int) -> MatrixView {
        guard let buffer else { preconditionFailure("the tape was not prepared") }
        return MatrixView(base: buffer.base + offset, rowCount: rowCount, columnCount: columns)
    }
}
