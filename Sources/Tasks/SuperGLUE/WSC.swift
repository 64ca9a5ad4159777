package import Archives

/// Whether a pronoun refers to a noun phrase, the Winograd schema challenge in SuperGLUE's form.
///
/// The published code reads the variant whose spans are corrected; ``WSCSpans`` corrects them here.
package struct WSC: TaskDefinition {
    package let name = "wsc"
    package let title = "WSC"
    package let kind = TaskKind.classification
    package let acceptedArchives = AcceptedArchive.packings(of: "WSC")

    /// The task.
    package init() {}

    private static let options = ["No", "Yes"]

    private struct Record: Decodable {
        let text: String
        let target: WSCSpans
        let label: Bool
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let items = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self, items: Self.items)
        return ExampleList(items, split: split) { id, record in
            Example(
                id: id,
                prompt: "\(record.text)\nIn the previous sentence, does the pronoun "
                    + "\"\(record.target.span2Text.lowercased())\" refer to \(record.target.span1Text)? "
                    + "Yes or No?\n",
                options: Self.options, goldIndex: record.label ? 1 : 0)
        }
    }

    private static func items(of record: Record) throws(RecordFault) -> [Record] {
        [Record(text: record.text, target: try record.target.corrected(in: record.text), label: record.label)]
    }
}
