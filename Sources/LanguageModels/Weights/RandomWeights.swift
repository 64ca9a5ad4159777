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
            let constant: Float? = parameter.shape.count > 1 ? nil : parameter.name.hasSuffix(".bias") ? 0 : 1
            switch arena.storage {
            case .float32(let base): fill(base, parameter.range, constant)
            case .half(let base, let format): fill(HalfRun(base, format, at: parameter.range), constant)
            }
        }
    }

    private func fill(_ base: UnsafeMutablePointer<Float>, _ range: Range<Int>, _ constant: Float?) {
        let elements = base + range.lowerBound
        if let constant { return elements.update(repeating: constant, count: range.count) }
        Noise.fill(
            Self.standardDeviation, seed: seed, distribution: .gaussian, to: elements, count: range.count,
            firstIndex: UInt64(range.lowerBound), team: team)
    }

    private func fill(_ run: HalfRun, _ constant: Float?) {
        guard let constant else {
            return Noise.fill(
                Self.standardDeviation, seed: seed, distribution: .gaussian, to: run, team: team)
        }
        var stored: UInt16 = 0
        HalfPrecision.narrow([constant], to: run.format, into: &stored, count: 1)
        run.stored.update(repeating: stored, count: run.count)
    }
}
