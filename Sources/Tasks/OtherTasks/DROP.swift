package import Archives

/// Questions about a passage that ask for numbers, dates or spans of it, often after some arithmetic.
///
/// The accepted answers are those that Hugging Face's loader gives to the published code: the answer itself in the
/// train split, the validated answers in the validation split, every span of one that has several by itself. The
/// loader passes over a question with no answer, or with one of two kinds at once; so it is no example here, and
/// the notes say how many there are.
package struct DROP: TaskDefinition {
    package let name = "drop"
    package let title = "DROP"
    package let kind = TaskKind.generation
    package let acceptedArchives =
        AcceptedArchive.packings(of: "drop_dataset") + [
            AcceptedArchive(
                fileName: "drop_dataset-dev-derived.zip", isSubset: true,
                note: "drop_dataset-dev-derived.zip holds the 9,536 official dev questions and no training "
                    + "questions; its answers are derived from another release: parts of an answer of several "
                    + "spans are one text, and dates are spans.")
        ]

    package let trainEntries = [Self.trainEntry]

    /// The task.
    package init() {}

    private static let trainEntry = "drop_dataset_train.json"

    /// A passage with its questions.
    private struct Section<Question: Decodable>: Decodable {
        let passage: String
        let questions: [Question]

        enum CodingKeys: String, CodingKey {
            case passage
            case questions = "qa_pairs"
        }
    }
    private struct TrainQuestion: Decodable {
        let question: String
        let answer: DROPAnswer
    }
    private struct ValidationQuestion: Decodable {
        let question: String
        let answers: [DROPAnswer]

        enum CodingKeys: String, CodingKey {
            case question
            case answers = "validated_answers"
        }
    }

    /// A question with what it is about.
    private struct Item {
        let passage: String
        let question: String
        let answers: [String]
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        var items: [Item] = []
        var unanswered = 0
        func add(_ passage: String, _ question: String, _ answers: [DROPAnswer]) {
            guard let texts = DROPAnswer.texts(of: answers) else {
                unanswered += 1
                return
            }
            items.append(Item(passage: passage, question: question, answers: texts))
        }
        let text: EntryText
        switch split {
        case .train:
            text = try EntryText(endingWith: Self.trainEntry, in: archive)
            for (_, section) in try text.jsonMembers(Section<TrainQuestion>.self) {
                for question in section.questions {
                    add(section.passage, question.question, [question.answer])
                }
            }
        case .validation:
            text = try EntryText(endingWith: "drop_dataset_dev.json", in: archive)
            for (_, section) in try text.jsonMembers(Section<ValidationQuestion>.self) {
                for question in section.questions {
                    add(section.passage, question.question, question.answers)
                }
            }
        }
        guard !items.isEmpty else { throw .emptySplit(archive: text.archive, entry: text.entry) }
        let notes =
            unanswered == 0
            ? []
            : [
                "\(unanswered) of \(items.count + unanswered) questions in \(text.entry) have no answer of one "
                    + "kind and are left out, as the published code's loader leaves them out."
            ]
        return ExampleList(items, split: split, notes: notes) { id, item in
            let prompt =
                "Passage: \(item.passage)\nQuestion: \(item.question.strippedOfWhiteSpace)\nAnswer:"
            return Example(
                id: id, prompt: prompt, fullTexts: ["\(prompt) \(item.answers[0])\n"], goldIndex: 0,
                goldAnswers: item.answers)
        }
    }
}
