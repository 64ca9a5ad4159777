import Testing

/// A change to a suite that is right, and the message that it must give.
struct WrongSuite: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var message: String
    var text = SuiteTexts.tasks
    var testDescription: String { message }
}
