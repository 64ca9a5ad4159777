package import Archives

/// Questions whose answer is a span of a Wikipedia paragraph, from SQuAD 1.1.
package struct SQuAD: TaskDefinition {
    package let name = "squad"
    package let title = "SQuAD"
    package let kind = TaskKind.generation
    package let acceptedArchives =
        AcceptedArchive.packings(of: "SQuAD") + AcceptedArchive.packings(of: "squad")

    package let trainEntries = [Self.trainEntry, Self.trainSubsetEntry]

    /// The task.
    package init() {}

    private static let trainEntry = "train-v1.1.json"
    private static let trainSubsetEntry = "train-v1.1-first44articles.json"

    private struct Document: Decodable {
        let data: [Article]
    }
    private struct Article: Decodable {
        let title: String
        let paragraphs: [Paragraph]
    }
    private struct Paragraph: Decodable {
        let context: String
        let qas: [Question]
    }
    private struct Question: Decodable {
        let question: String
        let answers: [Answer]
    }
    private struct Answer: Decodable {
        let text: String
    }

    /// A question with what it is about.
    private struct Record {
        let title: String
        let context: String
        let question: String
        let answers: [String]
    }

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let entry = try split == .train ? trainEntry(in: archive) : "dev-v1.1.json"
        let text = try EntryText(endingWith: entry, in: archive)
        return ExampleList(try Self.records(of: text), split: split) { id, record in
            let prompt =
                "Title: \(record.title)\nContext: \(record.context)\n"
                + "Question: \(record.question.strippedOfWhiteSpace)\nAnswer:"
            return Example(
                id: id, prompt: prompt, fullTexts: ["\(prompt) \(record.answers[0])\n"], goldIndex: 0,
                goldAnswers: record.answers)
        }
    }

    package func notes(on archive: Archive) throws(TaskError) -> [String] {
        guard try trainEntry(in: archive) == Self.trainSubsetEntry else { return [] }
        return [
            "\(archive.fileName) holds \(Self.trainSubsetEntry), 44 of the 442 official training articles; "
                + "its dev file is complete."
        ]
    }

    private func trainEntry(in archive: Archive) throws(TaskError) -> String {
        do throws(ArchiveError) {
            let names = try archive.entryNames()
            let hasWhole = names.contains { $0 == Self.trainEntry || $0.hasSuffix("/" + Self.trainEntry) }
            let hasSubset = names.contains {
                $0 == Self.trainSubsetEntry || $0.hasSuffix("/" + Self.trainSubsetEntry)
            }
            return hasSubset && !hasWhole ? Self.trainSubsetEntry : Self.trainEntry
        } catch {
            throw .archive(error)
        }
    }

    private static func records(of text: EntryText) throws(TaskError) -> [Record] {
        var records: [Record] = []
        for (articleIndex, article) in try text.jsonDocument(Document.self).data.enumerated() {
            for (paragraphIndex, paragraph) in article.paragraphs.enumerated() {
                for (questionIndex, question) in paragraph.qas.enumerated() {
                    guard !question.answers.isEmpty else {
                        throw text.badRecord(
                            line: nil,
                            field:
                                "data[\(articleIndex)].paragraphs[\(paragraphIndex)].qas[\(questionIndex)].answers",
                            found: "an empty list", expected: "at least one answer")
                    }
                    records.append(
                        Record(
                            title: article.title, context: paragraph.context, question: question.question,
                            answers: question.answers.map(\.text)))
                }
            }
        }
        guard !records.isEmpty else { throw .emptySplit(archive: text.archive, entry: text.entry) }
        return records
    }
}
