import Optimizers
import Training

/// What cells share that are interleaved with one another: model, workload and plan.
struct ComparisonKey: Hashable, Comparable {
    private let name: String

    init(cell: Cell) {
        name = "\(cell.model.name) \(cell.model.weights) \(cell.workload.label) \(cell.plan.rawValue)"
    }

    /// A seed for the order of members within a round: FNV-1a of the name, so that it is stable across processes.
    var seed: UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    static func < (left: Self, right: Self) -> Bool { left.name < right.name }
}
