package import Archives

/// Whether the author of a text is committed to a clause in it, to its contrary or to neither, from SuperGLUE's
/// CommitmentBank.
package struct CB: TaskDefinition {
    package let name = "cb"
    package let title = "CB"
    package let kind = TaskKind.classification
    package let acceptedArchives = AcceptedArchive.packings(of: "CB")
    package let publishedCounts = ExampleCounts(train: 1000, dev: 100, test: 1000)

    /// The task.
    package init() {}

    private static let labels = ["entailment", "contradiction", "neutral"]
    private static let options = ["Yes", "No", "Maybe"]

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let text = try EntryText(superGLUE: split, in: archive)
        let records = try text.entailmentRecords(labels: Self.labels)
        return ExampleList(records, split: split) { id, record in
            Example(
                id: id,
                prompt: "Suppose \(record.premise) Can we infer that \"\(record.hypothesis)\"? "
                    + "Yes, No, or Maybe?\n",
                options: Self.options, goldIndex: record.goldIndex)
        }
    }
}
