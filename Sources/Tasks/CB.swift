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
                prompt: "Suppose \(item.record.premise) Can we infer that \"\(item.record.hypothesis)\"? "
                    + "Yes, No, or Maybe?\n",
                options: Self.options, goldIndex: item.goldIndex)
        }
    }

    private static func items(
        of record: Record
    ) throws(RecordFault) -> [(record: Record, goldIndex: Int)] {
        [(record, try RecordFault.position(of: record.label, among: labels, field: "label"))]
    }
}
