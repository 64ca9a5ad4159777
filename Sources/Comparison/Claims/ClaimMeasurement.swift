import ResultStore
import Statistics

/// A measured value that a claim is held against, in the claim's unit.
struct ClaimMeasurement {
    /// What was counted for the interval.
    enum Repetition: String {
        case round
        case seed
        case testExample = "test example"
        case process
    }

    /// The cell that it is of: the method's, not the baseline's.
    var cell: CellResult
    /// What is taken for the claim's meaning, where it has several.
    var reading: ClaimReading?
    /// What was measured and where, in words.
    var subject: String
    /// The value.
    var value: Double
    /// The interval that decides.
    var interval: Interval?
    /// The confidence asked of the interval, nil where it is the usual one of its kind.
    var confidence: Double?
    /// What the interval is over, and how many of them.
    var repetition: (kind: Repetition, count: Int)
    /// Why the value cannot decide, or nil.
    var obstacle: String?
    /// The verdict of a rule other than where the interval lies.
    var verdict: ClaimVerdict?
    /// How many repetitions would decide by that rule.
    var countThatWouldDecide: Int?
    /// What else a reader must know.
    var remarks: [String] = []
}
