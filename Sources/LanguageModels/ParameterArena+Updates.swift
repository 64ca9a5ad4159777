package import Kernels

extension ParameterArena {
    /// Carries out an update on all elements that it acts on.
    ///
    /// The same bits as from a pass that carries it out on its way; independent of the number of threads.
    package func apply(_ update: PendingUpdate, team: ThreadTeam) {
        for range in update.activeRanges {
            Noise.add(
                update.scale, seed: update.seed, distribution: update.distribution,
                to: base + range.lowerBound, count: range.count, firstIndex: UInt64(range.lowerBound),
                team: team)
        }
    }
}
