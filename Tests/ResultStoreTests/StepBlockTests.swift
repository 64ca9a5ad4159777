import Foundation
import Optimizers
import ResultStore
import TestSupport
import Testing

@Suite("Blocks of steps")
struct StepBlockTests {
    private func bits(_ record: StepRecord) -> [UInt32] {
        [record.lossPlus, record.lossMinus, record.projectedGradient].map(\.bitPattern)
    }

    private func expectSame(_ found: [StepRecord], _ wanted: [StepRecord]) {
        #expect(found.count == wanted.count)
        #expect(found.map(bits) == wanted.map(bits))
        #expect(found.map(\.step) == wanted.map(\.step) && found.map(\.seed) == wanted.map(\.seed))
        #expect(found.map(\.droppedLayers) == wanted.map(\.droppedLayers))
        #expect(found.map(\.times) == wanted.map(\.times))
    }

    /// Steps as training makes them: losses near one another and gradients that follow from them.
    private static func likely(_ count: Int, from first: Int = 1, scale: Float = 1e-3) -> [StepRecord] {
        var random = SplitMix(state: 9)
        func share() -> Float { Float(random.next() >> 40) / Float(1 << 24) }
        return (0..<count).map { index in
            let loss = 0.4 + share()
            let other = loss + (share() - 0.5) / 100
            let layers = (0..<24).filter { _ in random.next() & 1 == 0 }
            return StepRecord(
                step: first + index, seed: random.next(), lossPlus: loss, lossMinus: other,
                projectedGradient: (loss - other) / (2 * scale), droppedLayers: layers,
                times: PhaseTimes(
                    selectNanoseconds: Int64(9_000 * (1 + share())),
                    perturbNanoseconds: Int64(300_000_000 * (1 + share() / 5)),
                    forwardNanoseconds: Int64(2_000_000_000 * (1 + share() / 5)),
                    updateNanoseconds: Int64(100_000_000 * (1 + share() / 5))))
        }
    }

    @Test("likely steps come back bit for bit, from less than 36 bytes each")
    func likely() throws {
        let records = Self.likely(1000, from: 4097)
        let block = try StepBlock(records, perturbationScale: 1e-3)
        expectSame(try block.records(), records)
        #expect(block.perturbationScale == Double(Float(1e-3)))
        let bytes = block.columns.values.reduce(0) { $0 + $1.count }
        #expect(bytes < 36 * records.count, "\(bytes)")
    }

    @Test("steps of any bits come back bit for bit, whatever the perturbation scale is said to be")
    func anything() throws {
        var random = SplitMix(state: 3)
        let special: [UInt32] = [
            0, 0x8000_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xff80_1234, 1,
            0x7f7f_ffff,
        ]
        func float() -> Float {
            let draw = random.next()
            return Float(
                bitPattern: draw & 3 == 0
                    ? special[Int(draw >> 8) % special.count] : UInt32(truncatingIfNeeded: draw >> 16))
        }
        func time() -> Int64 {
            let draw = random.next()
            return draw & 7 == 0 ? .max : draw & 7 == 1 ? 0 : Int64(draw >> (1 + draw & 31))
        }
        for scale in [Float(1e-3), 0, .nan, .infinity, -1, .leastNonzeroMagnitude] {
            let records = (1...500).map { step in
                StepRecord(
                    step: step, seed: random.next(), lossPlus: float(), lossMinus: float(),
                    projectedGradient: float(),
                    droppedLayers: (0..<126).filter { _ in random.next() & 1 == 0 },
                    times: PhaseTimes(
                        selectNanoseconds: time(), perturbNanoseconds: time(), forwardNanoseconds: time(),
                        updateNanoseconds: time()))
            }
            expectSame(try StepBlock(records, perturbationScale: scale).records(), records)
        }
    }

    /// Two steps and the block that they make, written by hand from its description.
    private static let writtenSteps = [
        StepRecord(
            step: 129, seed: 0x8000_0000_0000_0001, lossPlus: 1, lossMinus: 0.5, projectedGradient: 1,
            droppedLayers: [0, 2],
            times: PhaseTimes(
                selectNanoseconds: 5, perturbNanoseconds: 128, forwardNanoseconds: 0, updateNanoseconds: 1)),
        StepRecord(
            step: 130, seed: 2, lossPlus: 2, lossMinus: 2.5, projectedGradient: -1, droppedLayers: [63],
            times: PhaseTimes(
                selectNanoseconds: 0, perturbNanoseconds: 393, forwardNanoseconds: -1, updateNanoseconds: 1)),
    ]

    private static let written = StepBlock(
        firstStep: 129, stepCount: 2, perturbationScale: 0.25, leastNanoseconds: [0, 128, -1, 1],
        columns: [
            "seed": [0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2],
            "loss_plus": [0x3f, 0x80, 0, 0, 0x40, 0, 0, 0], "loss_minus": [0x3f, 0, 0, 0, 0x40, 0x20, 0, 0],
            "projected_gradient": [], "dropped_bits": [5, 0], "dropped_bits_63": [0, 1],
            "select_ns": [5, 0], "perturb_ns": [0, 0, 1, 9], "forward_ns": [1, 0], "update_ns": [],
        ])

    @Test("a block has the columns of its description, now and in later versions")
    func format() throws {
        #expect(try StepBlock(Self.writtenSteps, perturbationScale: 0.25) == Self.written)
        expectSame(try Self.written.records(), Self.writtenSteps)
        // Gradients that do not follow are stored, all of them.
        var steps = Self.writtenSteps
        steps[1].projectedGradient = Float(-1).nextDown
        let block = try StepBlock(steps, perturbationScale: 0.25)
        #expect(block.perturbationScale == nil)
        #expect(block.columns["projected_gradient"] == [0x3f, 0x80, 0, 0, 0xbf, 0x80, 0, 1])
        expectSame(try block.records(), steps)
    }

    @Test("columns that do not fit together, and counts that cannot be, are refused")
    func malformed() throws {
        func problem(_ change: (inout StepBlock) -> Void) -> String? {
            var block = Self.written
            change(&block)
            do throws(PackedColumn.Malformed) {
                _ = try block.records()
                return nil
            } catch {
                return error.problem
            }
        }
        #expect(
            problem { $0.columns["seed"]?.removeLast() }
                == "column seed has 15 bytes for 2 steps, 8 expected for each")
        #expect(
            problem { $0.columns["perturb_ns"]?.append(0) }
                == "column perturb_ns has 5 bytes for 2 steps, 0 to 8 expected for each")
        #expect(
            problem { $0.columns["select_ns"] = [UInt8](repeating: 0, count: 18) }?.contains("18 bytes")
                == true)
        #expect(problem { $0.columns["loss_plus"] = nil }?.contains("loss_plus has 0 bytes") == true)
        #expect(problem { $0.columns["projected_gradient"] = [1, 2] } != nil)
        #expect(problem { $0.perturbationScale = nil } != nil)
        #expect(problem { $0.stepCount = 0 } == "0 steps from 129")
        #expect(problem { $0.stepCount = .max } != nil)
        #expect(problem { $0.firstStep = .max } != nil)
        #expect(problem { $0.firstStep = 0 } == "2 steps from 0")
        #expect(problem { $0.leastNanoseconds = [] } != nil)
        #expect(problem { _ in } == nil)
    }

    @Test("layers that would not come back the same are refused", arguments: [[126], [2, 1]])
    func wrongLayers(_ layers: [Int]) {
        var record = Self.writtenSteps[0]
        record.droppedLayers = layers
        #expect(throws: LayersBeyondBits.self) { try StepBlock([record], perturbationScale: 1) }
    }
}
