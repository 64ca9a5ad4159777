/// What tells the trials of one cell apart, and pairs those of two cells.
package struct TrialSeeds: Hashable, Comparable, Sendable {
    /// The seed that draws the examples.
    package let data: UInt32
    /// The seed of what training draws.
    package let noise: UInt64

    /// By data seed first.
    package static func < (first: TrialSeeds, second: TrialSeeds) -> Bool {
        (first.data, first.noise) < (second.data, second.noise)
    }
}

extension TrialResult {
    /// The trial's seeds.
    package var seeds: TrialSeeds { TrialSeeds(data: dataSeed, noise: noiseSeed) }
}

extension Sequence<TrialResult> {
    /// Trials of one cell by their seeds, the first where several share them.
    package var bySeeds: [TrialSeeds: TrialResult] {
        Dictionary(map { ($0.seeds, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
