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

    private struct Record: Decodable {
        let premise: String
        let hypothesis: String
        let label: String
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let items = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self, items: Self.items)
        return ExampleList(items, split: split) { id, item in
            Example(
                id: id,
                prompt: "\(item.record.premise)\nDoes this mean that \"\(item.record.hypothesis)\" is true? "
                    + "Yes or No?\n",
                options: Self.options, goldIndex: item.goldIndex)
        }
    }

    private static func items(
        of record: Record
    ) throws(RecordFault) -> [(record: Record, goldIndex: Int)] {
        [(record, try RecordFault.position(of: record.label, among: labels, field: "label"))]
    }
}
