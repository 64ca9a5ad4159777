import Foundation
import GRDB
import Optimizers

/// The columns that a step has in `step` and in `round_step`, and the way to and from them, bit for bit.
enum StepRow {
    /// The columns after the key, in the order of ``values(of:path:)``.
    static let columns = [
        "seed", "loss_plus", "loss_minus", "projected_gradient", "dropped_bits", "dropped_bits_63",
        "select_ns",
        "perturb_ns", "forward_ns", "update_ns", "float_bits",
    ]

    /// The values of a step's columns.
    ///
    /// - Throws: ``ResultStoreError`` when the layers are not an ascending list of 0 to 125.
    static func values(
        of record: StepRecord, path: String
    ) throws(ResultStoreError) -> [(any DatabaseValueConvertible)?] {
        guard let layers = LayerBits(layers: record.droppedLayers) else {
            throw LayersBeyondBits(step: record.step, layers: record.droppedLayers).refusal(path: path)
        }
        let floats = [record.lossPlus, record.lossMinus, record.projectedGradient]
        let bits: Data? = floats.allSatisfy(isHeldByReal) ? nil : floatBits(floats)
        return [
            Int64(bitPattern: record.seed), Double(record.lossPlus), Double(record.lossMinus),
            Double(record.projectedGradient), layers.low, layers.high, record.times.selectNanoseconds,
            record.times.perturbNanoseconds, record.times.forwardNanoseconds, record.times.updateNanoseconds,
            bits,
        ]
    }

    /// The step in a row that has the columns and `step`.
    static func record(_ row: Row) throws -> StepRecord {
        var floats: [Float] = try ["loss_plus", "loss_minus", "projected_gradient"].map { name in
            let value: Double? = try row.stored(name)
            return value.map { Float($0) } ?? .nan
        }
        let bits: Data? = try row.stored("float_bits")
        if let bits, bits.count == 12 {
            floats = (0..<3).map { index in
                let bytes = bits.dropFirst(4 * index).prefix(4).reversed()
                return Float(bitPattern: bytes.reduce(0) { $0 << 8 | UInt32($1) })
            }
        }
        let seed: Int64 = try row.stored("seed")
        return StepRecord(
            step: try row.stored("step"), seed: UInt64(bitPattern: seed), lossPlus: floats[0],
            lossMinus: floats[1],
            projectedGradient: floats[2],
            droppedLayers: try LayerBits(
                low: try row.stored("dropped_bits"), high: try row.stored("dropped_bits_63")
            ).layers,
            times: PhaseTimes(
                selectNanoseconds: try row.stored("select_ns"),
                perturbNanoseconds: try row.stored("perturb_ns"),
                forwardNanoseconds: try row.stored("forward_ns"),
                updateNanoseconds: try row.stored("update_ns")))
    }

    private static func isHeldByReal(_ value: Float) -> Bool {
        !value.isNaN && !(value == 0 && value.sign == .minus)
    }

    private static func floatBits(_ floats: [Float]) -> Data {
        Data(
            floats.flatMap { value in
                let bits = value.bitPattern
                return [
                    UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255), UInt8(bits >> 24),
                ]
            })
    }
}
