package import Archives

/// The more plausible cause or effect of a premise, from SuperGLUE.
package struct COPA: TaskDefinition {
    package let name = "copa"
    package let title = "COPA"
    package let kind = TaskKind.multipleChoice
    package let acceptedArchives = [AcceptedArchive(fileName: "COPA.zip"), AcceptedArchive(fileName: "COPA")]

    /// The task.
    package init() {}

    private struct Record: Decodable {
        let premise: String
        let choice1: String
        let choice2: String
        let question: String
        let label: Int
    }

    private static let conjunctions = ["effect": " so ", "cause": " because "]

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let text = try EntryText(endingWith: split == .train ? "train.jsonl" : "val.jsonl", in: archive)
        let records = try text.jsonLines(Record.self, check: Self.fault)
        return ExampleList(records, split: split) { id, record in
            let prompt = Self.premise(of: record) + (Self.conjunctions[record.question] ?? "")
            let choices = [record.choice1, record.choice2].map(Self.continued)
            return Example(
                id: id, prompt: prompt, fullTexts: choices.map { prompt + $0 }, goldIndex: record.label,
                goldAnswers: [choices[record.label]])
        }
    }

    private static func fault(in record: Record) -> RecordFault? {
        if conjunctions[record.question] == nil {
            return RecordFault(
                field: "question", found: quoted(record.question), expected: "\"effect\" or \"cause\"")
        }
        if !(0...1).contains(record.label) {
            return RecordFault(field: "label", found: "\(record.label)", expected: "0 or 1")
        }
        return nil
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
