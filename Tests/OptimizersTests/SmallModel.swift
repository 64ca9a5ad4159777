import Foundation
import Kernels
import LanguageModels
import Optimizers
import RandomStreams

/// A parameter arena with an embedding, some decoder layers of two tensors each, and a final norm.
struct SmallModel {
    let arena: ParameterArena

    /// Fills the parameters with values around 1 from `seed`; layer sizes are odd so that ranges start anywhere.
    init(layerCount: Int, elementsPerTensor: Int = 77, seed: UInt64 = 5) throws {
        var layout: [(name: String, shape: [Int], group: ParameterGroup)] = [
            ("embedding", [3, elementsPerTensor], .alwaysTuned)
        ]
        for layer in 0..<layerCount {
            layout.append(("layers.\(layer).weight", [2, elementsPerTensor], .decoderLayer(layer)))
            layout.append(("layers.\(layer).bias", [elementsPerTensor], .decoderLayer(layer)))
        }
        layout.append(("norm", [elementsPerTensor], .alwaysTuned))
        arena = try ParameterArena(layout: layout, layerCount: layerCount)
        let stream = NoiseStream(seed: seed, distribution: .gaussian)
        for index in 0..<arena.count { arena.base[index] = 1 + 0.3 * stream.value(at: UInt64(index)) }
    }

    /// The bits of all parameters.
    var bits: [UInt32] { (0..<arena.count).map { arena.base[$0].bitPattern } }

    /// All parameters.
    var values: [Float] {
        get { (0..<arena.count).map { arena.base[$0] } }
        nonmutating set { for (index, value) in newValue.enumerated() { arena.base[index] = value } }
    }

    /// The elements of a decoder layer.
    func range(ofLayer layer: Int) -> [Range<Int>] {
        arena.parameters.filter { $0.group == .decoderLayer(layer) }.map(\.range)
    }
}

/// `L(θ) = ½ Σ curvature · (θ - centre)²`, computed in double precision and returned as a float32 loss.
struct Quadratic {
    /// Curvature of element `index`: 0.5, 1, 1.5, 2, 0.5, ….
    func curvature(_ index: Int) -> Double { 0.5 * Double(index % 4 + 1) }
    /// Centre of element `index`.
    func centre(_ index: Int) -> Double { index % 3 == 0 ? 0.8 : 1.1 }

    func loss(_ arena: ParameterArena) -> Float {
        var sum = 0.0
        for index in 0..<arena.count {
            let distance = Double(arena.base[index]) - centre(index)
            sum += 0.5 * curvature(index) * distance * distance
        }
        return Float(sum)
    }

    func gradient(_ values: [Float]) -> [Double] {
        values.enumerated().map { curvature($0.offset) * (Double($0.element) - centre($0.offset)) }
    }
}

extension ZerothOrderOptimizer {
    /// One step on a loss of the parameters as they stand; afterwards the parameters hold its update.
    @discardableResult
    func stepAndFlush(number: Int, loss: @escaping () throws -> Float) throws -> StepRecord {
        defer { flush() }
        return try step(number: number, losses: .of(arena, loss: loss))
    }
}

extension StepLosses {
    /// Losses of a function of the stored parameters: both sides of a probe are made by moving a copy.
    static func of(_ arena: ParameterArena, loss: @escaping () throws -> Float) -> StepLosses {
        StepLosses(present: loss) { probe, pending in
            if let pending { arena.apply(pending, team: ThreadTeam(threadCount: 1)) }
            let start = (0..<arena.count).map { arena.base[$0] }
            defer { for index in start.indices { arena.base[index] = start[index] } }
            let stream = NoiseStream(seed: probe.seed, distribution: probe.distribution)
            func move(_ scale: Float) {
                for index in probe.activeRanges.joined() {
                    arena.base[index] = fmaf(scale, stream.value(at: UInt64(index)), start[index])
                }
            }
            move(probe.perturbationScale)
            let plus = try loss()
            move(-probe.perturbationScale)
            return ProbedLosses(
                plus: plus, minus: try loss(), perturbNanoseconds: 1, updateNanoseconds: 1)
        }
    }
}
