import CKernels
package import RandomStreams

/// A run of parameters stored in 16 bits.
package struct HalfRun {
    /// The first element, valid as long as its owner.
    package let stored: UnsafeMutablePointer<UInt16>
    /// The format of the elements.
    package let format: HalfFormat
    /// How many elements.
    package let count: Int
    /// Global index of the first element.
    package let firstIndex: UInt64

    /// A run from all its parts.
    package init(stored: UnsafeMutablePointer<UInt16>, format: HalfFormat, count: Int, firstIndex: UInt64) {
        self.stored = stored
        self.format = format
        self.count = count
        self.firstIndex = firstIndex
    }

    /// A part of the run; `range` counts from its first element.
    func part(_ range: Range<Int>) -> HalfRun {
        HalfRun(
            stored: stored + range.lowerBound, format: format, count: range.count,
            firstIndex: firstIndex + UInt64(range.lowerBound))
    }
}

/// The perturbation on parameters stored in 16 bits.
///
/// Sums are fused and rounded to float32, then to the format. The same bits for any number of threads, on every
/// instruction set and however a walk is cut into calls.
extension Noise {
    /// Draws of z at a time: whole random blocks, and 16 KiB of them stay in a core's first cache.
    private static let drawElements = 1 << 12

    /// `θ += scale · z`, rounded to nearest: a perturbation through the storage.
    package static func add(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, to run: HalfRun, team: ThreadTeam
    ) {
        forEachChunk(count: run.count, firstIndex: run.firstIndex, team: team) { chunk, _ in
            forEachDraw(seed: seed, distribution: distribution, run: run.part(chunk)) { draw, z in
                ck_half_add(
                    draw.stored, z, draw.count, draw.firstIndex, scale,
                    HalfRounding.nearest.narrowing(to: run.format), nil)
            }
        }
    }

    /// `θ += scale · z` with the given rounding, and what of it was kept.
    package static func update(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, rounding: HalfRounding, run: HalfRun,
        team: ThreadTeam
    ) -> UpdateTally {
        var tallies = [UpdateTally](repeating: UpdateTally(), count: team.threadCount)
        tallies.withUnsafeMutableBufferPointer { tallies in
            forEachChunk(count: run.count, firstIndex: run.firstIndex, team: team) { chunk, worker in
                tallies[worker].add(
                    updateHere(
                        scale, seed: seed, distribution: distribution, rounding: rounding,
                        run: run.part(chunk)))
            }
        }
        return tallies.reduce(into: UpdateTally()) { $0.add($1) }
    }

    /// The same on the calling thread, for loops that are parallel already.
    package static func updateHere(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, rounding: HalfRounding, run: HalfRun
    ) -> UpdateTally {
        var tally = ck_update_tally()
        forEachDraw(seed: seed, distribution: distribution, run: run) { draw, z in
            ck_half_add(
                draw.stored, z, draw.count, draw.firstIndex, scale, rounding.narrowing(to: run.format), &tally
            )
        }
        return UpdateTally(tally)
    }

    /// `θ = scale · z`, rounded to nearest.
    package static func fill(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, to run: HalfRun, team: ThreadTeam
    ) {
        forEachChunk(count: run.count, firstIndex: run.firstIndex, team: team) { chunk, _ in
            forEachDraw(scale, seed: seed, distribution: distribution, run: run.part(chunk)) { draw, values in
                HalfPrecision.narrow(values, to: draw.format, into: draw.stored, count: draw.count)
            }
        }
    }

    /// Cuts a run where the global index is a multiple of ``drawElements`` and draws `scale · z` for each piece.
    private static func forEachDraw(
        _ scale: Float = 1, seed: UInt64, distribution: NoiseDistribution, run: HalfRun,
        _ body: (_ piece: HalfRun, _ z: UnsafePointer<Float>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: drawElements) { buffer in
            guard let z = buffer.baseAddress else { return }
            var start = 0
            while start < run.count {
                let lead = Int((run.firstIndex + UInt64(start)) % UInt64(drawElements))
                let piece = run.part(start..<min(run.count, start + drawElements - lead))
                ck_noise_fill(z, piece.count, piece.firstIndex, seed, scale, distribution.kernelCode)
                body(piece, z)
                start += piece.count
            }
        }
    }
}
