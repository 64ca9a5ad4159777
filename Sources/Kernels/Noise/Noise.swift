import CKernels
package import RandomStreams

/// Adds and writes the perturbation `z(seed, i)` of a run of parameters.
///
/// `z` is a pure function of the seed and the element's global index ``RandomStreams/NoiseStream``; the bits
/// written do not depend on the number of threads, the instruction set, or how a walk is cut into calls.
package enum Noise {
    /// Global indices of one chunk of work; a multiple of what one random block covers, 64 and 2048.
    private static let chunkElements = 1 << 17

    /// `values[j] += scale · z(seed, firstIndex + j)`, each with one rounding (a fused multiply-add).
    ///
    /// - Parameters:
    ///   - scale: Factor of the noise; ±ε or -ηg.
    ///   - seed: The step's seed.
    ///   - distribution: The distribution of z.
    ///   - values: `count` elements, read and written.
    ///   - count: How many elements.
    ///   - firstIndex: Global index of `values[0]`.
    ///   - team: Threads to use.
    package static func add(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, to values: UnsafeMutablePointer<Float>,
        count: Int, firstIndex: UInt64, team: ThreadTeam
    ) {
        forEachChunk(count: count, firstIndex: firstIndex, team: team) { chunk, _ in
            ck_noise_add(
                values + chunk.lowerBound, chunk.count, firstIndex + UInt64(chunk.lowerBound), seed, scale,
                distribution.kernelCode)
        }
    }

    /// `values[j] = scale · z(seed, firstIndex + j)`; arguments as in ``add(_:seed:distribution:to:count:firstIndex:team:)``.
    package static func fill(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, to values: UnsafeMutablePointer<Float>,
        count: Int, firstIndex: UInt64, team: ThreadTeam
    ) {
        forEachChunk(count: count, firstIndex: firstIndex, team: team) { chunk, _ in
            ck_noise_fill(
                values + chunk.lowerBound, chunk.count, firstIndex + UInt64(chunk.lowerBound), seed, scale,
                distribution.kernelCode)
        }
    }

    /// Cuts `0..<count` where the global index is a multiple of ``chunkElements``, so that only the ends of a run
    /// have parts of a random block.
    static func forEachChunk(
        count: Int, firstIndex: UInt64, team: ThreadTeam, _ body: (_ chunk: Range<Int>, _ worker: Int) -> Void
    ) {
        guard count > 0 else { return }
        let lead = Int(firstIndex % UInt64(chunkElements))
        let chunkCount = (lead + count + chunkElements - 1) / chunkElements
        team.forEachChunk(of: chunkCount) { chunk, worker in
            let start = max(0, chunk * chunkElements - lead)
            let end = min(count, (chunk + 1) * chunkElements - lead)
            body(start..<end, worker)
        }
    }
}

extension NoiseDistribution {
    var kernelCode: ck_noise {
        switch self {
        case .gaussian: CK_NOISE_GAUSSIAN
        case .rademacher: CK_NOISE_RADEMACHER
        }
    }
}
