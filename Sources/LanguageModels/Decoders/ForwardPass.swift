import Kernels

/// One pass through a model: where it computes, and how it sees the parameters.
///
/// Without a probe there is one stream of rows, computed with the parameters as they stand. With a probe there are two
/// from the first parameter on that it acts on: every matrix of activations has its first half of rows computed with
/// θ + ε z and its second half with θ - ε z. Each parameter is then read once for both. A pass with a pending update
/// carries it out on the way.
final class ForwardPass {
    let arena: ParameterArena
    let workspace: ActivationWorkspace
    let team: ThreadTeam
    let reader: ParameterReader
    /// The model's adapters, if it has any; a probe and an update then act on them alone.
    let adapters: AdapterPass?
    /// Whether there is a probe, so that activations may have to be doubled.
    let hasProbe: Bool
    /// 2 where the rows of activations hold both sides of the probe, else 1.
    var streamCount = 1
    /// The elements on which the pending update was not carried out yet: ascending, apart from each other.
    private var unsettled: [Range<Int>]

    init(
        arena: ParameterArena, adapters: Adapters? = nil, workspace: ActivationWorkspace, team: ThreadTeam,
        probe: ParameterProbe? = nil, pending: PendingUpdate? = nil
    ) throws(LanguageModelError) {
        self.arena = arena
        self.workspace = workspace
        self.team = team
        hasProbe = probe != nil
        guard let adapters else {
            self.adapters = nil
            reader = ParameterReader(arena: arena, probe: probe, pending: pending)
            unsettled = pending?.activeRanges ?? []
            return
        }
        self.adapters = try AdapterPass(
            adapters, workspace: workspace, team: team, probe: probe, pending: pending)
        reader = ParameterReader(arena: arena, probe: nil, pending: nil)
        unsettled = []
    }

    /// What read the parameters that a probe and an update act on.
    var tunedReader: ParameterReader { adapters?.reader ?? reader }

    /// Whether the probe acts on a decoder layer, given the elements of its own parameters.
    func isProbed(layer: Int, _ range: Range<Int>) -> Bool {
        adapters?.isProbed(layer: layer) ?? reader.isProbed(range)
    }

    /// Whether elements of one group still wait for the pending update.
    func isPending(_ range: Range<Int>) -> Bool {
        unsettled.contains { $0.contains(range.lowerBound) }
    }

    /// Notes that the pending update was carried out on all of `range`.
    func settled(_ range: Range<Int>) {
        guard let index = unsettled.firstIndex(where: { $0.overlaps(range) }) else { return }
        let whole = unsettled[index]
        precondition(whole.lowerBound <= range.lowerBound && range.upperBound <= whole.upperBound)
        let rest = [whole.lowerBound..<range.lowerBound, range.upperBound..<whole.upperBound]
        unsettled.replaceSubrange(index...index, with: rest.filter { !$0.isEmpty })
    }

    /// Carries out the pending update wherever it still waits; after the pass, however it ended.
    func settleRest() {
        let chunkElements = 8 * Noise.pieceElements
        for range in unsettled {
            let first = range.lowerBound / chunkElements
            let end = (range.upperBound + chunkElements - 1) / chunkElements
            team.forEachChunk(of: end - first) { chunk in
                let start = (first + chunk) * chunkElements
                reader.update(range.clamped(to: start..<start + chunkElements))
            }
        }
        unsettled = []
    }

    /// The values of a vector for each stream: one set where both streams see the same.
    func values(of vector: WeightVector) -> [[Float]] {
        if isPending(vector.range) {
            reader.update(vector.range)
            settled(vector.range)
        }
        guard reader.isProbed(vector.range) else {
            return [
                [Float](unsafeUninitializedCapacity: vector.count) { values, count in
                    if let base = values.baseAddress { arena.read(vector.range, into: base) }
                    count = vector.count
                }
            ]
        }
        precondition(streamCount == 2)
        var minus = [Float](repeating: 0, count: vector.count)
        let plus = [Float](unsafeUninitializedCapacity: vector.count) { plus, count in
            minus.withUnsafeMutableBufferPointer { minus in
                if let plusBase = plus.baseAddress, let minusBase = minus.baseAddress {
                    reader.read(vector.range, updating: false, plus: plusBase, minus: minusBase)
                }
            }
            count = vector.count
        }
        return [plus, minus]
    }

    /// The rows of `matrix` that see variant `index` of `variantCount`: all of them where there is only one.
    func rows(_ matrix: MatrixView, ofVariant index: Int, among variantCount: Int) -> MatrixView {
        let rowCount = matrix.rowCount / variantCount
        precondition(
            variantCount == 1 || variantCount == streamCount && rowCount * variantCount == matrix.rowCount)
        return matrix.rows(index * rowCount..<(index + 1) * rowCount)
    }
}
