package import Kernels
package import RandomStreams

/// Changing parameters where they are stored.
///
/// Sums are computed in float32 and rounded to the storage's format. The same bits for any number of threads and any
/// cut into ranges.
extension ParameterArena {
    /// `θ += scale · z` on some elements, rounded to nearest: a perturbation that is stored.
    package func add(
        _ scale: Float, seed: UInt64, distribution: NoiseDistribution, to ranges: [Range<Int>],
        team: ThreadTeam
    ) {
        for range in ranges {
            switch storage {
            case .float32(let base):
                Noise.add(
                    scale, seed: seed, distribution: distribution, to: base + range.lowerBound,
                    count: range.count, firstIndex: UInt64(range.lowerBound), team: team)
            case .half(let base, let format):
                Noise.add(
                    scale, seed: seed, distribution: distribution,
                    to: HalfRun(base, format, at: range), team: team)
            }
        }
    }

    /// Carries out an update on all elements that it acts on.
    ///
    /// The same bits as from a pass that carries it out on its way.
    /// - Returns: What 16-bit storage kept of it; nothing is counted for float32.
    @discardableResult
    package func apply(_ update: PendingUpdate, team: ThreadTeam) -> UpdateTally {
        guard case .half(let base, let format) = storage else {
            add(
                update.scale, seed: update.seed, distribution: update.distribution, to: update.activeRanges,
                team: team)
            return UpdateTally()
        }
        var tally = UpdateTally()
        for range in update.activeRanges {
            tally.add(
                Noise.update(
                    update.scale, seed: update.seed, distribution: update.distribution,
                    rounding: update.storageRounding, run: HalfRun(base, format, at: range), team: team))
        }
        return tally
    }

    /// Carries out an update on elements that it acts on, on the calling thread.
    func applyHere(_ update: PendingUpdate, to range: Range<Int>) -> UpdateTally {
        switch storage {
        case .float32(let base):
            Noise.addHere(
                update.scale, seed: update.seed, distribution: update.distribution,
                to: base + range.lowerBound, count: range.count, firstIndex: UInt64(range.lowerBound))
            return UpdateTally()
        case .half(let base, let format):
            return Noise.updateHere(
                update.scale, seed: update.seed, distribution: update.distribution,
                rounding: update.storageRounding, run: HalfRun(base, format, at: range))
        }
    }
}

extension PendingUpdate {
    var storageRounding: HalfRounding {
        switch rounding {
        case .nearest: .nearest
        case .stochastic: .stochastic(RoundingStream(stepSeed: seed))
        }
    }
}

extension HalfRun {
    /// Elements of an arena whose first one is at `base`.
    init(_ base: UnsafeMutablePointer<UInt16>, _ format: HalfFormat, at range: Range<Int>) {
        self.init(
            stored: base + range.lowerBound, format: format, count: range.count,
            firstIndex: UInt64(range.lowerBound))
    }
}
