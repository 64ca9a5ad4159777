package import Archives

/// Whether a word means the same in two sentences, from SuperGLUE.
package struct WiC: TaskDefinition {
    package let name = "wic"
    package let title = "WiC"
    package let kind = TaskKind.classification
    package let acceptedArchives = AcceptedArchive.packings(of: "WiC")

    /// The task.
    package init() {}

    private static let options = ["No", "Yes"]

    private struct Record: Decodable {
        let word: String
        let sentence1: String
        let sentence2: String
        let label: Bool
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let records = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self) { [$0] }
        return ExampleList(records, split: split) { id, record in
            Example(
                id: id,
                prompt:
                    "Does the word \"\(record.word)\" have the same meaning in these two sentences? Yes, No?\n"
                    + "\(record.sentence1)\n\(record.sentence2)\n",
                options: Self.options, goldIndex: record.label ? 1 : 0)
        }
    }
}
