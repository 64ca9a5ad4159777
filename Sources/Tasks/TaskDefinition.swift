package import Archives

/// How a task is trained and scored.
package enum TaskKind: String, Sendable, Hashable {
    /// Trains cross-entropy over the options' mean log-probabilities; scored by the best option.
    case classification
    /// Trains the right option's tokens; scored by the best option.
    case multipleChoice
    /// Trains the first answer's tokens; scored by generated text.
    case generation
}

/// An archive that a task can be read from.
package struct AcceptedArchive: Sendable, Hashable {
    /// The file's or folder's name, without its path.
    package let fileName: String
    /// Whether some of the official records are missing from it.
    package let isSubset: Bool
    /// A sentence for the report, or nil when there is nothing to say.
    package let note: String?

    /// An accepted archive from all its parts.
    package init(fileName: String, isSubset: Bool = false, note: String? = nil) {
        self.fileName = fileName
        self.isSubset = isSubset
        self.note = note
    }
}

/// A data set put into words: where its records lie, what the prompt and options are, how answers are scored.
///
/// Prompts are those of the published protocol (MeZO's large-model code).
package protocol TaskDefinition: Sendable {
    /// The name in suites, such as `sst2`.
    var name: String { get }
    /// The name in reports, such as `SST-2`.
    var title: String { get }
    /// How it is trained and scored.
    var kind: TaskKind { get }
    /// `accuracy` or `f1`.
    var metricName: String { get }
    /// Archives it can be read from, the preferred one first.
    var acceptedArchives: [AcceptedArchive] { get }

    /// The examples of a split, in the order of the archive, every record checked.
    ///
    /// - Throws: ``TaskError`` for an archive that cannot be read or a record that is not as it must be.
    func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList

    /// Sentences for the report about what was read, such as that the archive is a subset.
    func notes(on archive: Archive) throws(TaskError) -> [String]
}

extension TaskDefinition {
    package var metricName: String { kind == .generation ? "f1" : "accuracy" }

    package func notes(on archive: Archive) throws(TaskError) -> [String] {
        acceptedArchives.filter { $0.fileName == archive.fileName }.compactMap(\.note)
    }
}
