import CKernels
package import RandomStreams

/// The perturbation on the calling thread, for loops that are parallel already.
///
/// The bits are those of ``Noise``, whatever run of elements a call is given.
extension Noise {
    /// Elements that a fused loop handles at a time: small enough for a core's own cache, and a multiple of what one
    /// random block covers, so that runs cut at its multiples have no part of a block at their ends.
    package static let pieceElements = 1 << 14

    /// `values[j] += scale · z(seed, firstIndex + j)` for `count` elements.
    package static func addHere(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, to values: UnsafeMutablePointer<Float>,
        count: Int, firstIndex: UInt64
    ) {
        ck_noise_add(values, count, firstIndex, seed, scale, distribution.kernelCode)
    }

    /// `plus[j] = values[j] + scale · z(seed, firstIndex + j)` and `minus[j] = values[j] - scale · z(…)`.
    ///
    /// Each is rounded once. `plus` may be `values` itself; otherwise the three places do not overlap.
    package static func probeHere(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, of values: UnsafePointer<Float>,
        count: Int, firstIndex: UInt64, plus: UnsafeMutablePointer<Float>, minus: UnsafeMutablePointer<Float>
    ) {
        ck_noise_probe(values, plus, minus, count, firstIndex, seed, scale, distribution.kernelCode)
    }

    /// Calls `body` for each piece of `range`, cut at multiples of ``pieceElements``.
    package static func forEachPiece(of range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min((start / pieceElements + 1) * pieceElements, range.upperBound)
            body(start..<end)
            start = end
        }
    }

    /// The same with the pieces dealt to threads.
    package static func forEachPiece(
        of range: Range<Int>, team: ThreadTeam, _ body: (Range<Int>) -> Void
    ) {
        let first = range.lowerBound / pieceElements
        let end = (range.upperBound + pieceElements - 1) / pieceElements
        team.forEachChunk(of: end - first) { chunk in
            let start = (first + chunk) * pieceElements
            body(range.clamped(to: start..<start + pieceElements))
        }
    }
}
