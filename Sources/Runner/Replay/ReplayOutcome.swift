import Training

/// What came of a replay.
package struct ReplayOutcome: Sendable, Hashable, Encodable {
    /// The trial's number in its database.
    package var trial: Int64
    /// What the trial is known by.
    package var identity: String
    /// What a person calls it.
    package var label: String
    /// Steps of the trial.
    package var steps: Int
    /// The step whose parameters were rebuilt, evaluated and written.
    package var rebuiltStep: Int
    /// The step whose parameters the trial tested.
    package var bestStep: Int
    /// SHA-256 of the rebuilt parameters as stored in memory.
    package var rebuiltDigest = ""
    /// SHA-256 of the parameters after the last step.
    package var finalDigest = ""
    /// The same as the trial recorded it.
    package var recordedDigest: String
    /// The recorded evaluations of the rebuilt parameters, done again.
    package var evaluations: [RepeatedEvaluation] = []
    /// Recorded evaluations of these parameters that were not done again, as only weights were asked for.
    package var evaluationsLeftOut = 0
    /// The BLAS that the trial was evaluated with, where this replay has another one; nil where they are the same.
    package var recordedBLAS: String?
    /// The BLAS of this replay; empty where nothing was evaluated.
    package var blas = ""
    /// How the parameters are stored, in memory and in the file.
    package var storage: String
    /// The files that were written.
    package var files: [String] = []

    /// Whether the last parameters have the recorded digest.
    package var hasRecordedWeights: Bool { finalDigest == recordedDigest }

    /// Whether everything came out as recorded, as far as the same BLAS is in use.
    ///
    /// Another BLAS rounds evaluations differently; the weights do not depend on it.
    package var isConfirmed: Bool {
        hasRecordedWeights && (recordedBLAS != nil || evaluations.allSatisfy(\.isIdentical))
    }
}
