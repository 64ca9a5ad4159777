package import Optimizers

/// Successive steps of one trial, a column of bytes for each of their fields, bit for bit.
///
/// Numbers are ``PackedColumn``s; where no width is given, all of a block have the fewest bytes that its largest needs.
///
/// | column                                     | holds                                                                |
/// |--------------------------------------------|----------------------------------------------------------------------|
/// | `seed`                                     | 8 bytes a step                                                       |
/// | `loss_plus`, `loss_minus`                  | bits of float32, 4 bytes a step                                      |
/// | `projected_gradient`                       | bits of float32; empty where every one follows, as it does, from the  |
/// |                                            | losses and `perturbation_scale`, which is NULL otherwise             |
/// | `dropped_bits`, `dropped_bits_63`          | layers 0 to 62 and 63 to 125 as bits                                 |
/// | `select_ns`, ... and `least_select_ns`, ... | nanoseconds above the least of the block, and that least              |
///
/// A step takes about 33 bytes. The view `step` reads blocks by SQL alone.
package struct StepBlock: Sendable, Hashable {
    /// Steps that a block holds at most.
    package static let largestCount = 1024

    /// The number of the first step.
    package var firstStep: Int
    /// How many steps follow one another.
    package var stepCount: Int
    /// ε, by which gradients follow from losses; nil where they are stored.
    package var perturbationScale: Double?
    /// The least nanoseconds of each phase: select, perturb, forward, update.
    package var leastNanoseconds: [Int64]
    /// The columns of bytes by ``columnNames``.
    package var columns: [String: [UInt8]]

    /// The columns of bytes, in the order of the table.
    package static let columnNames =
        ["seed", "loss_plus", "loss_minus", "projected_gradient", "dropped_bits", "dropped_bits_63"]
        + phaseNames

    static let phaseNames = ["select_ns", "perturb_ns", "forward_ns", "update_ns"]

    /// A block from what a table holds.
    package init(
        firstStep: Int, stepCount: Int, perturbationScale: Double?, leastNanoseconds: [Int64],
        columns: [String: [UInt8]]
    ) {
        self.firstStep = firstStep
        self.stepCount = stepCount
        self.perturbationScale = perturbationScale
        self.leastNanoseconds = leastNanoseconds
        self.columns = columns
    }

    /// The block of at least one step.
    ///
    /// - Parameters:
    ///   - records: Steps without gaps, whose layers ``LayerBits`` holds.
    ///   - perturbationScale: ε of the trial, as float32.
    /// - Throws: ``LayersBeyondBits``.
    package init(_ records: [StepRecord], perturbationScale: Float) throws(LayersBeyondBits) {
        firstStep = records.first?.step ?? 1
        stepCount = records.count
        var layers: [LayerBits] = []
        for record in records {
            guard let bits = LayerBits(layers: record.droppedLayers) else {
                throw LayersBeyondBits(step: record.step, layers: record.droppedLayers)
            }
            layers.append(bits)
        }
        columns = [:]
        leastNanoseconds = []
        let scale = Double(perturbationScale)
        let follows = records.allSatisfy { record in
            let gradient = Self.gradient(record.lossPlus, record.lossMinus, scale: scale)
            return Float(gradient).bitPattern == record.projectedGradient.bitPattern
                && Double(Float(gradient)) == gradient
        }
        self.perturbationScale = follows ? scale : nil
        func bits(_ field: KeyPath<StepRecord, Float>) -> [UInt8] {
            PackedColumn.bytes(of: records.map { UInt64($0[keyPath: field].bitPattern) }, width: 4)
        }
        func least(_ values: [UInt64]) -> [UInt8] {
            PackedColumn.bytes(of: values, width: PackedColumn.leastWidth(of: values))
        }
        columns["seed"] = PackedColumn.bytes(of: records.map(\.seed), width: 8)
        columns["loss_plus"] = bits(\.lossPlus)
        columns["loss_minus"] = bits(\.lossMinus)
        columns["projected_gradient"] = follows ? [] : bits(\.projectedGradient)
        columns["dropped_bits"] = least(layers.map { UInt64(bitPattern: $0.low) })
        columns["dropped_bits_63"] = least(layers.map { UInt64(bitPattern: $0.high) })
        for (name, phase) in zip(Self.phaseNames, Self.phases) {
            let times = records.map { $0.times[keyPath: phase] }
            let base = times.min() ?? 0
            leastNanoseconds.append(base)
            columns[name] = least(times.map { UInt64(bitPattern: $0 &- base) })
        }
    }

    /// The steps of the block.
    ///
    /// - Throws: `PackedColumn.Malformed` when the columns do not fit together.
    package func records() throws(PackedColumn.Malformed) -> [StepRecord] {
        guard (1...Self.largestCount).contains(stepCount), firstStep >= 1, firstStep <= Int(Int32.max),
            leastNanoseconds.count == Self.phases.count
        else {
            throw PackedColumn.Malformed(problem: "\(stepCount) steps from \(firstStep)")
        }
        func values(_ name: String, width: Int? = nil) throws(PackedColumn.Malformed) -> [UInt64] {
            do throws(PackedColumn.Malformed) {
                return try PackedColumn.values(in: columns[name] ?? [], count: stepCount, width: width)
            } catch {
                throw PackedColumn.Malformed(problem: "column \(name) has \(error.problem)")
            }
        }
        let seeds = try values("seed", width: 8)
        let plus = try values("loss_plus", width: 4).map(Self.float)
        let minus = try values("loss_minus", width: 4).map(Self.float)
        let stored = try values("projected_gradient", width: perturbationScale == nil ? 4 : 0)
        let (low, high) = (try values("dropped_bits"), try values("dropped_bits_63"))
        var records = (0..<stepCount).map { index in
            let gradient = perturbationScale.map { scale in
                Float(Self.gradient(plus[index], minus[index], scale: scale))
            }
            return StepRecord(
                step: firstStep + index, seed: seeds[index], lossPlus: plus[index], lossMinus: minus[index],
                projectedGradient: gradient ?? Self.float(stored[index]),
                droppedLayers: LayerBits(
                    low: Int64(bitPattern: low[index]), high: Int64(bitPattern: high[index])
                ).layers, times: PhaseTimes())
        }
        for (place, phase) in Self.phases.enumerated() {
            let above = try values(Self.phaseNames[place])
            for index in records.indices {
                records[index].times[keyPath: phase] =
                    leastNanoseconds[place] &+ Int64(bitPattern: above[index])
            }
        }
        return records
    }

    private static var phases: [WritableKeyPath<PhaseTimes, Int64>] {
        [\.selectNanoseconds, \.perturbNanoseconds, \.forwardNanoseconds, \.updateNanoseconds]
    }

    private static func float(_ bits: UInt64) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: bits)) }

    /// (L₊ - L₋) / 2ε as float32 arithmetic gives it, by the operations on doubles that the view `step` has too.
    private static func gradient(_ plus: Float, _ minus: Float, scale: Double) -> Double {
        rounded(rounded(Double(plus) - Double(minus)) / (2 * scale))
    }

    /// A double with the 24 bits of a float32 (Veltkamp's splitting, Dekker 1971).
    private static func rounded(_ value: Double) -> Double {
        let split = value * 536_870_913
        return split - (split - value)
    }
}

/// A step dropped layers that a row or block has no room for.
package struct LayersBeyondBits: Error {
    let step: Int
    let layers: [Int]

    /// What the store says of it.
    func refusal(path: String) -> ResultStoreError {
        .conflict(
            path, "step \(step) dropped the layers \(layers)",
            advice: "the store holds ascending layers from 0 to \(LayerBits.capacity - 1)")
    }
}
