import Foundation
import Kernels
import LanguageModels
import Optimizers
import RandomStreams

/// A parameter arena with an embedding, some decoder layers of two tensors each, and a final norm.
struct SmallModel {
    let arena: ParameterArena

    /// Fills the parameters with values around 1 from `seed`; layer sizes are odd so that ranges start anywhere.
    init(
        layerCount: Int, elementsPerTensor: Int = 77, seed: UInt64 = 5, format: StorageFormat = .float32
    ) throws {
        var layout: [(name: String, shape: [Int], group: ParameterGroup)] = [
            ("embedding", [3, elementsPerTensor], .alwaysTuned)
        ]
        for layer in 0..<layerCount {
            layout.append(("layers.\(layer).weight", [2, elementsPerTensor], .decoderLayer(layer)))
            layout.append(("layers.\(layer).bias", [elementsPerTensor], .decoderLayer(layer)))
        }
        layout.append(("norm", [elementsPerTensor], .alwaysTuned))
        arena = try ParameterArena(layout: layout, layerCount: layerCount, format: format)
        let stream = NoiseStream(seed: seed, distribution: .gaussian)
        values = (0..<arena.count).map { 1 + 0.3 * stream.value(at: UInt64($0)) }
    }

    /// The bits of all parameters, as float32.
    var bits: [UInt32] { values.map(\.bitPattern) }

    /// All parameters; what is set is rounded to the storage.
    var values: [Float] {
        get { arena.values }
        nonmutating set {
            switch arena.storage {
            case .float32(let base): base.update(from: newValue, count: arena.count)
            case .half(let base, let format):
                HalfPrecision.narrow(newValue, to: format, into: base, count: arena.count)
            }
        }
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

    func loss(_ arena: ParameterArena) -> Float { loss(arena.values) }

    func loss(_ values: [Float]) -> Float {
        var sum = 0.0
        for (index, value) in values.enumerated() {
            let distance = Double(value) - centre(index)
            sum += 0.5 * curvature(index) * distance * distance
        }
        return Float(sum)
    }

    /// The losses of a step; both sides of a probe are made by moving a copy in float32.
    func losses(_ arena: ParameterArena) -> StepLosses {
        StepLosses(present: { loss(arena) }) { probe, pending in
            var tally = UpdateTally()
            if let pending { tally = arena.apply(pending, team: ThreadTeam(threadCount: 2)) }
            let stream = NoiseStream(seed: probe.seed, distribution: probe.distribution)
            let start = arena.values
            let sides = [probe.perturbationScale, -probe.perturbationScale].map { scale in
                var moved = start
                for index in probe.activeRanges.joined() {
                    moved[index] = fmaf(scale, stream.value(at: UInt64(index)), start[index])
                }
                return loss(moved)
            }
            return ProbedLosses(plus: sides[0], minus: sides[1], updateTally: tally)
        }
    }

    func gradient(_ values: [Float]) -> [Double] {
        values.enumerated().map { curvature($0.offset) * (Double($0.element) - centre($0.offset)) }
    }
}

extension ParameterArena {
    /// All elements, widened.
    fileprivate var values: [Float] {
        [Float](unsafeUninitializedCapacity: count) { values, filled in
            if let base = values.baseAddress { read(0..<count, into: base) }
            filled = count
        }
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
