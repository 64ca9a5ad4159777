package import Archives

/// Whether a hypothesis follows from a premise, from SuperGLUE.
package struct RTE: TaskDefinition {
    package let name = "rte"
    package let title = "RTE"
    package let kind = TaskKind.classification
    package let acceptedArchives = AcceptedArchive.packings(of: "RTE")

    /// The task.
    package init() {}

    private static let labels = ["entailment", "not_entailment"]
    private static let options = ["Yes", "No"]

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let text = try EntryText(superGLUE: split, in: archive)
        let records = try text.entailmentRecords(labels: Self.labels)
        return ExampleList(records, split: split) { id, record in
            Example(
                id: id,
                prompt: "\(record.premise)\nDoes this mean that \"\(record.hypothesis)\" is true? "
                    + "Yes or No?\n",
                options: Self.options, goldIndex: record.goldIndex)
        }
    }
}
