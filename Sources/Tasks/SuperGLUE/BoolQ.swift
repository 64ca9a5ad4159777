package import Archives

/// Yes-or-no questions about a passage, from SuperGLUE.
///
/// The published code reads the original release, whose passages lack SuperGLUE's `TITLE -- ` prefix; so the
/// prefix is cut here, unless ``keepsTitles`` asks for SuperGLUE's own form. Which one was read is in the notes.
package struct BoolQ: TaskDefinition {
    package let title = "BoolQ"
    package let kind = TaskKind.classification
    package let acceptedArchives =
        AcceptedArchive.packings(of: "BoolQ") + [
            AcceptedArchive(
                fileName: "BoolQ-subset.zip", isSubset: true,
                note:
                    "BoolQ-subset.zip holds 2,045 of the 9,427 official training records, not in the official "
                    + "order; its validation records are complete.")
        ]
    /// Whether the `TITLE -- ` prefix of passages stays.
    package let keepsTitles: Bool

    /// The task, in the original release's form or in SuperGLUE's.
    package init(keepsTitles: Bool = false) {
        self.keepsTitles = keepsTitles
    }

    package var name: String { keepsTitles ? "boolq-with-titles" : "boolq" }

    private static let options = ["Yes", "No"]

    private struct Record: Decodable {
        let passage: String
        let question: String
        let label: Bool
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let records = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self) { [$0] }
        return ExampleList(records, split: split) { id, record in
            Example(
                id: id, prompt: "\(passage(of: record)) \(Self.asked(record.question))\n",
                options: Self.options, goldIndex: record.label ? 0 : 1)
        }
    }

    package func notes(on archive: Archive) throws(TaskError) -> [String] {
        acceptedArchives.filter { $0.fileName == archive.fileName }.compactMap(\.note)
            + [
                keepsTitles
                    ? "BoolQ passages keep SuperGLUE's title prefix, which the published protocol's lack."
                    : "BoolQ passages are read without SuperGLUE's title prefix, as in the original release."
            ]
    }

    private func passage(of record: Record) -> String {
        let passage = record.passage
        guard !keepsTitles, let border = passage.unicodeScalars.firstRange(of: " -- ".unicodeScalars) else {
            return passage
        }
        return String(passage.unicodeScalars[border.upperBound...])
    }

    /// The question with a question mark and a capital letter.
    private static func asked(_ question: String) -> String {
        var scalars = (question.hasSuffix("?") ? question : question + "?").unicodeScalars[...]
        let first = scalars.popFirst().map(\.properties.uppercaseMapping) ?? ""
        return first + String(scalars)
    }
}
