package import Archives

/// Whether an answer to a question about a paragraph is right, from SuperGLUE; one example for each answer.
package struct MultiRC: TaskDefinition {
    package let name = "multirc"
    package let title = "MultiRC"
    package let kind = TaskKind.classification
    package let acceptedArchives = AcceptedArchive.packings(of: "MultiRC")

    /// The task.
    package init() {}

    private static let options = ["No", "Yes"]

    private struct Record: Decodable {
        let passage: Passage
    }
    private struct Passage: Decodable {
        let text: String
        let questions: [Question]
    }
    private struct Question: Decodable {
        let question: String
        let answers: [Answer]
    }
    private struct Answer: Decodable {
        let text: String
        let label: Int
    }

    /// An answer with what it is about.
    private struct Item {
        let paragraph: String
        let question: String
        let answer: String
        let label: Int
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let items = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self, items: Self.items)
        return ExampleList(items, split: split) { id, item in
            Example(
                id: id,
                prompt: "\(item.paragraph)\nQuestion: \(item.question)\n"
                    + "I found this answer \"\(item.answer)\". Is that correct? Yes or No?\n",
                options: Self.options, goldIndex: item.label)
        }
    }

    private static func items(of record: Record) throws(RecordFault) -> [Item] {
        var items: [Item] = []
        for (questionIndex, question) in record.passage.questions.enumerated() {
            for (answerIndex, answer) in question.answers.enumerated() {
                let field = "passage.questions[\(questionIndex)].answers[\(answerIndex)].label"
                items.append(
                    Item(
                        paragraph: record.passage.text, question: question.question, answer: answer.text,
                        label: try RecordFault.binary(answer.label, field: field)))
            }
        }
        return items
    }
}
