import LanguageModels
import Training

/// What cells share that are interleaved with one another: model, storage and workload.
///
/// Both plans of a workload belong together: their step times are held against each other round by round.
struct ComparisonKey: Hashable, Comparable {
    private let name: String

    init(cell: Cell) {
        let model = cell.model
        name = "\(model.name) \(model.weights) \(model.storage.rawValue) \(cell.workload.label)"
    }

    /// A seed for the order of members within a round: FNV-1a of the name, so that it is stable across processes.
    var seed: UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    static func < (left: Self, right: Self) -> Bool { left.name < right.name }
}
