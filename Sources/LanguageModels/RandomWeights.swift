import Kernels
import RandomStreams

/// Random weights for a model of an official shape, a pure function of the seed.
struct RandomWeights {
    let seed: UInt64
    let team: ThreadTeam

    /// The standard deviation of every matrix, as both families are initialized before pretraining.
    private static let standardDeviation: Float = 0.02

    /// Writes matrices N(0, 0.02²), biases 0 and norm weights 1.
    func fill(_ arena: ParameterArena) {
        for parameter in arena.parameters {
            let elements = arena.elements(of: parameter)
            guard let base = elements.baseAddress else { continue }
            if parameter.shape.count == 1 {
                elements.update(repeating: parameter.name.hasSuffix(".bias") ? 0 : 1)
            } else {
                Noise.fill(
                    Self.standardDeviation, seed: seed, distribution: .gaussian, to: base,
                    count: elements.count, firstIndex: UInt64(parameter.range.lowerBound), team: team)
            }
        }
    }
}
