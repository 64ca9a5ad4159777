import Kernels
import LanguageModels
import RandomStreams

/// The passes over the parameters of one step: `θ += scale · z` with z = 0 on dropped layers.
///
/// z of an element depends only on the step's seed and the element's index in the arena, so an active layer gets
/// the same z whatever layers are dropped.
struct Perturbation {
    /// The parameters.
    let arena: ParameterArena
    /// The elements that z acts on, merged and ascending.
    let activeRanges: [Range<Int>]
    /// The step's seed.
    let seed: UInt64
    /// The distribution of z.
    let distribution: NoiseDistribution
    /// Threads to use.
    let team: ThreadTeam

    /// Does `θ += scale · z`.
    func add(_ scale: Float) {
        arena.add(scale, seed: seed, distribution: distribution, to: activeRanges, team: team)
    }
}
