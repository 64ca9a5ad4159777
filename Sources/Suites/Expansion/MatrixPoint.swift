import Optimizers
import Training

/// One point of a suite's matrix with what filters may ask of it.
struct MatrixPoint: Sendable {
    /// The trial at this point, nil for a point that is only timed.
    var trial: TrialSpecification?
    /// The cell to time, nil for a point that is only trained.
    var timingCell: Cell?
    /// The values that this point answers to, spelt canonically.
    var facts: [SuiteFilter.Key: Set<String>]
    /// Axes whose value here is left out unless a filter names it.
    var optionalKeys: Set<SuiteFilter.Key>

    /// Whether the filters want this point: every key that they name must have one of the values that they name.
    func isSelected(by filters: [SuiteFilter]) -> Bool {
        let wanted = Dictionary(grouping: filters, by: \.key)
        guard optionalKeys.allSatisfy({ wanted[$0] != nil }) else { return false }
        return wanted.allSatisfy { key, alternatives in
            alternatives.contains { facts[key]?.contains($0.value) ?? false }
        }
    }
}
