import GRDB
import Optimizers

/// The columns that a step of fine-tuning has in `first_order_step` and in `first_order_round_step`, and the way to and
/// from them.
enum FirstOrderStepRow {
    /// The columns after the key, in the order of ``values(of:)``.
    static let columns = [
        "loss", "gradient_norm", "learning_rate", "forward_ns", "backward_ns", "update_ns",
    ]

    /// The values of a step's columns; its numbers are finite, so REAL holds them exactly.
    static func values(of record: FirstOrderStepRecord) -> [(any DatabaseValueConvertible)?] {
        [
            Double(record.loss), record.gradientNorm, record.learningRate, record.forwardNanoseconds,
            record.backwardNanoseconds, record.updateNanoseconds,
        ]
    }

    /// The step in a row that has the columns and `step`.
    static func record(_ row: Row) throws -> FirstOrderStepRecord {
        let loss: Double = try row.stored("loss")
        return FirstOrderStepRecord(
            step: try row.stored("step"), loss: Float(loss), gradientNorm: try row.stored("gradient_norm"),
            learningRate: try row.stored("learning_rate"), forwardNanoseconds: try row.stored("forward_ns"),
            backwardNanoseconds: try row.stored("backward_ns"), updateNanoseconds: try row.stored("update_ns")
        )
    }
}
