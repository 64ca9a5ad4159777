package import Archives

/// The more plausible cause or effect of a premise, from SuperGLUE.
package struct COPA: TaskDefinition {
    package let name = "copa"
    package let title = "COPA"
    package let kind = TaskKind.multipleChoice
    package let acceptedArchives = AcceptedArchive.packings(of: "COPA")
    package let publishedCounts = ExampleCounts(train: 1000, dev: 100, test: 1000)

    /// The task.
    package init() {}

    private struct Record: Decodable {
        let premise: String
        let choice1: String
        let choice2: String
        let question: String
        let label: Int
    }

    /// A record that is as it must be.
    private struct Item {
        let premise: String
        let conjunction: String
        let choices: [String]
        let label: Int
    }

    private static let directions = ["effect", "cause"]
    private static let conjunctions = [" so ", " because "]

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let items = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self, items: Self.items)
        return ExampleList(items, split: split) { id, item in
            Example(
                id: id, prompt: item.premise + item.conjunction, options: item.choices, goldIndex: item.label,
                calibrationPrompt: item.conjunction)
        }
    }

    private static func items(of record: Record) throws(RecordFault) -> [Item] {
        let direction = try RecordFault.position(of: record.question, among: directions, field: "question")
        return [
            Item(
                premise: premise(of: record), conjunction: conjunctions[direction],
                choices: [record.choice1, record.choice2].map(continued),
                label: try RecordFault.binary(record.label, field: "label"))
        ]
    }

    private static func premise(of record: Record) -> String {
        let premise = record.premise.strippedOfTrailingWhiteSpace
        return premise.hasSuffix(".") ? String(premise.unicodeScalars.dropLast()) : premise
    }

    /// A choice as it goes on in the middle of a sentence: its first word in lower case, unless that is "I".
    private static func continued(_ choice: String) -> String {
        let border = choice.firstIndex(of: " ") ?? choice.endIndex
        let word = choice[..<border]
        return (word == "I" ? String(word) : word.lowercased()) + choice[border...]
    }
}
