/// An optimizer was asked for something that it cannot do.
package enum OptimizerError: Error, Hashable, CustomStringConvertible {
    /// A setting is out of its range.
    case invalidSetting(name: String, value: String, requirement: String)
    /// A step's record holds a value other than the one that this optimizer would have used.
    case recordMismatch(step: Int, field: String, recorded: String, expected: String)

    package var description: String {
        switch self {
        case .invalidSetting(let name, let value, let requirement):
            "optimizer setting \(name) is \(value), but must be \(requirement); correct the suite"
        case .recordMismatch(let step, let field, let recorded, let expected):
            """
            step \(step) cannot be replayed: its recorded \(field) is \(recorded), but these settings and this \
            noise seed give \(expected); replay with the settings, seed and model that the record was made with
            """
        }
    }
}
