import Kernels

/// Adapters as one forward pass sees them: as they stand, or from both sides of a probe.
///
/// A pending update is carried out and both sides are written out at once when the pass begins: adapters are small, so
/// there is nothing to gain from doing it layer by layer.
final class AdapterPass {
    let adapters: Adapters
    let reader: ParameterReader
    /// One copy of all parameters for each side, or the parameters themselves where there is no probe.
    private let sides: [UnsafeMutablePointer<Float>]

    init(
        _ adapters: Adapters, workspace: ActivationWorkspace, team: ThreadTeam, probe: ParameterProbe?,
        pending: PendingUpdate?
    ) throws(LanguageModelError) {
        self.adapters = adapters
        let arena = adapters.arena
        let reader = ParameterReader(arena: arena, probe: probe, pending: pending)
        self.reader = reader
        for range in pending?.activeRanges ?? [] {
            Noise.forEachPiece(of: range, team: team) { reader.update($0) }
        }
        guard let probe else {
            sides = [arena.base]
            return
        }
        let plus = try workspace.floats(.adapters, count: 2 * arena.count)
        let minus = plus + arena.count
        arena.read(0..<arena.count, into: plus)
        arena.read(0..<arena.count, into: minus)
        for range in probe.activeRanges {
            Noise.forEachPiece(of: range, team: team) { piece in
                reader.read(
                    piece, updating: false, plus: plus + piece.lowerBound, minus: minus + piece.lowerBound)
            }
        }
        sides = [plus, minus]
    }

    /// Whether the probe acts on a layer's adapters.
    func isProbed(layer: Int) -> Bool { reader.isProbed(adapters.arena.layerRanges[layer]) }

    /// A matrix of parameters as one stream of a pass sees it.
    ///
    /// Before the streams part, both sides of what was met are the same, and the first stream is all there is.
    func view(_ weight: WeightMatrix, stream: Int) -> MatrixView {
        MatrixView(
            base: sides[min(stream, sides.count - 1)] + weight.offset, rowCount: weight.rowCount,
            columnCount: weight.columnCount)
    }
}

extension ForwardPass {
    /// Adds what a layer's low-rank adapters give to some outputs of its joined projection.
    ///
    /// Shapes: input [T, C], output [T, outputs].
    func addLowRank(
        layer: Int, outputs: Range<Int>, input: MatrixView, to output: MatrixView
    ) throws(LanguageModelError) {
        guard let adapters else { return }
        for adapter in adapters.adapters.layers[layer].lowRank
        where outputs.contains(adapter.outputs.lowerBound) {
            let columns =
                adapter.outputs.lowerBound - outputs.lowerBound..<adapter.outputs.upperBound
                - outputs.lowerBound
            let inside = try workspace.matrix(
                .lowRank, rows: input.rowCount, columns: adapter.down.rowCount)
            for stream in 0..<streamCount {
                let own = rows(inside, ofVariant: stream, among: streamCount)
                MatrixProduct.multiply(
                    rows(input, ofVariant: stream, among: streamCount),
                    byTransposeOf: adapters.view(adapter.down, stream: stream), into: own,
                    scale: adapter.scale, team: team)
                MatrixProduct.multiply(
                    own, byTransposeOf: adapters.view(adapter.up, stream: stream),
                    into: rows(output.columns(columns), ofVariant: stream, among: streamCount),
                    accumulating: true, team: team)
            }
        }
    }

    /// A layer's prefix as each stream sees it, if there is one.
    func prefix(layer: Int) -> AttentionPrefix? {
        guard let adapters, let prefix = adapters.adapters.layers[layer].prefix else { return nil }
        return AttentionPrefix(
            keys: (0..<streamCount).map { adapters.view(prefix.keys, stream: $0) },
            values: (0..<streamCount).map { adapters.view(prefix.values, stream: $0) })
    }
}
