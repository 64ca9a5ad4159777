import GRDB
import Kernels

/// The columns that the parts of memory have in `trial` and in `round`; all of them are NULL where none were recorded.
enum MemoryColumns {
    /// In the order of ``values(of:)``.
    static let names = [
        "weight_bytes", "activation_bytes", "gradient_bytes", "optimizer_state_bytes", "workspace_bytes",
    ]

    /// The values of the columns.
    static func values(of memory: MemoryUse?) -> [(any DatabaseValueConvertible)?] {
        [
            memory?.weightBytes, memory?.activationBytes, memory?.gradientBytes, memory?.optimizerStateBytes,
            memory?.workspaceBytes,
        ]
    }

    /// The parts in a row that has the columns.
    static func memory(_ row: Row) throws -> MemoryUse? {
        let weightBytes: Int64? = try row.stored("weight_bytes")
        return try weightBytes.map {
            MemoryUse(
                weightBytes: $0, activationBytes: try row.stored("activation_bytes") ?? 0,
                gradientBytes: try row.stored("gradient_bytes") ?? 0,
                optimizerStateBytes: try row.stored("optimizer_state_bytes") ?? 0,
                workspaceBytes: try row.stored("workspace_bytes") ?? 0)
        }
    }
}
