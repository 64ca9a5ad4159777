/// What a drawn data set holds, and how it differs from what was asked.
package struct DataSummary: Sendable, Hashable, Codable {
    /// Examples drawn for training.
    package var trainExamples: Int
    /// Examples drawn for choosing the checkpoint.
    package var devExamples: Int
    /// Examples drawn for the reported figure.
    package var testExamples: Int
    /// Sentences for the report, such as that a split is a subset or that fewer examples exist than asked.
    package var notes: [String]
    /// The token that every text begins with; nil for none, and where it was not recorded.
    package var firstToken: Int32?

    /// A summary from all its values.
    package init(
        trainExamples: Int, devExamples: Int, testExamples: Int, notes: [String], firstToken: Int32? = nil
    ) {
        self.trainExamples = trainExamples
        self.devExamples = devExamples
        self.testExamples = testExamples
        self.notes = notes
        self.firstToken = firstToken
    }
}
