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

    /// The whole of the official records under one name: as the official zip, a folder, or a compressed tar.
    package static func packings(of name: String) -> [AcceptedArchive] {
        [".zip", "", ".tar.gz", ".tar.xz", ".tar.zst"].map { AcceptedArchive(fileName: name + $0) }
    }
}

/// How many examples the published protocol asks for.
package struct ExampleCounts: Sendable, Hashable {
    /// To train on.
    package let train: Int
    /// To choose the checkpoint by.
    package let dev: Int
    /// For the reported figure.
    package let test: Int
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
    /// Counts that the published protocol asks for, whether or not the archive has as many.
    var publishedCounts: ExampleCounts { get }
    /// Archives it can be read from, the preferred one first.
    var acceptedArchives: [AcceptedArchive] { get }

    /// The examples of a split, in the order of the archive, every record checked.
    ///
    /// - Throws: ``TaskError`` for an archive that cannot be read or a record that is not as it must be.
    func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList

    /// Sentences for the report about what was read, such as that the archive is a subset.
    func notes(on archive: Archive) throws(TaskError) -> [String]

    /// The names, without folders, under one of which an archive has its train split.
    var trainEntries: [String] { get }
}

extension TaskDefinition {
    /// What its answers are scored by, the reported figure first: `accuracy`, or `f1` and `exact_match`.
    package var metricNames: [String] { kind == .generation ? ["f1", "exact_match"] : ["accuracy"] }

    /// The reported figure, `accuracy` or `f1`.
    package var metricName: String { metricNames[0] }

    /// 1,000 to train on, 500 for the checkpoint, 1,000 for the reported figure, as MeZO asks of most tasks.
    package var publishedCounts: ExampleCounts { ExampleCounts(train: 1000, dev: 500, test: 1000) }

    /// That of SuperGLUE's archives, version 2.
    package var trainEntries: [String] { ["train.jsonl"] }

    /// Whether an archive has a train split with an example in it; without one nothing can be trained, and no
    /// demonstration drawn.
    ///
    /// An entry is read only where it is so short that it may hold none, such as a table's head alone.
    ///
    /// - Throws: ``TaskError/archive(_:)`` when the archive's entries cannot be listed.
    package func hasTrainSplit(in archive: Archive) throws(TaskError) -> Bool {
        let names: [String]
        do throws(ArchiveError) { names = try archive.entryNames() } catch { throw .archive(error) }
        let entries = names.filter { name in
            trainEntries.contains { name == $0 || name.hasSuffix("/" + $0) }
        }
        guard !entries.isEmpty else { return false }
        let mayBeEmpty = entries.allSatisfy { entry in
            guard let byteCount = try? archive.declaredByteCount(ofEntry: entry) else { return false }
            return byteCount < Self.bytesOfAnExample
        }
        guard mayBeEmpty else { return true }
        do throws(TaskError) {
            return try !examples(of: .train, in: archive).isEmpty
        } catch {
            // Any other trouble is that of whoever reads the examples.
            if case .emptySplit = error { return false }
            return true
        }
    }

    /// Entries of as many bytes surely hold an example: no head of a table or of a document is that long.
    private static var bytesOfAnExample: Int { 4096 }

    /// What the accepted archive of that name has to say.
    package func notes(on archive: Archive) throws(TaskError) -> [String] {
        acceptedArchives.filter { $0.fileName == archive.fileName }.compactMap(\.note)
    }
}
