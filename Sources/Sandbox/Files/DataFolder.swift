import Archives
import Foundation

/// The sandbox's data in the layouts of the official archives.
struct DataFolder {
    let data: SandboxData

    /// Writes `glue/SST-2.zip`, `superglue/BoolQ.zip`, `superglue/COPA.zip` and `squad/*.json` into a folder.
    func write(to folder: String) throws(SandboxError) {
        try SandboxFiles.makeFolder(folder + "/glue")
        try SandboxFiles.makeFolder(folder + "/superglue")
        try SandboxFiles.makeFolder(folder + "/squad")
        try writeArchive(reviewFiles(), to: folder + "/glue/SST-2.zip")
        try writeArchive(yesNoFiles(), to: folder + "/superglue/BoolQ.zip")
        try writeArchive(causeFiles(), to: folder + "/superglue/COPA.zip")
        try SandboxFiles.write(squad(data.paragraphs.train, part: 0), to: folder + "/squad/train-v1.1.json")
        try SandboxFiles.write(
            squad(data.paragraphs.validation, part: 1), to: folder + "/squad/dev-v1.1.json")
    }

    private func writeArchive(_ files: [String: String], to path: String) throws(SandboxError) {
        do {
            // Stored, not deflated: another version of zlib would give other bytes for the same seed.
            try ArchiveWriter.write(files.mapValues { Array($0.utf8) }, to: path, format: .storedZip)
        } catch {
            throw SandboxError(error)
        }
    }

    private func reviewFiles() -> [String: String] {
        func labelled(_ reviews: [Review]) -> String {
            "sentence\tlabel\n" + reviews.map { "\($0.sentence)\t\($0.isPositive ? 1 : 0)\n" }.joined()
        }
        // The official test file has a running number instead of labels.
        let test = data.reviews.test.enumerated().map { "\($0.offset)\t\($0.element.sentence)\n" }.joined()
        return [
            "SST-2/train.tsv": labelled(data.reviews.train),
            "SST-2/dev.tsv": labelled(data.reviews.validation),
            "SST-2/test.tsv": "index\tsentence\n" + test,
        ]
    }

    private func yesNoFiles() -> [String: String] {
        func lines(_ examples: [YesNoExample], labelled: Bool) -> String {
            examples.enumerated().map { index, example in
                let label: [(key: String, value: OrderedJSON)] = [("label", .boolean(example.answer))]
                return OrderedJSON.object(
                    [
                        ("question", .text(example.question)), ("passage", .text(example.passage)),
                        ("idx", .integer(index)),
                    ] + (labelled ? label : [])
                ).text + "\n"
            }.joined()
        }
        return [
            "BoolQ/train.jsonl": lines(data.yesNoExamples.train, labelled: true),
            "BoolQ/val.jsonl": lines(data.yesNoExamples.validation, labelled: true),
            "BoolQ/test.jsonl": lines(data.yesNoExamples.test, labelled: false),
        ]
    }

    private func causeFiles() -> [String: String] {
        func lines(_ examples: [CauseExample], labelled: Bool) -> String {
            examples.enumerated().map { index, example in
                let label: [(key: String, value: OrderedJSON)] = [("label", .integer(example.label))]
                return OrderedJSON.object(
                    [
                        ("premise", .text(example.premise)), ("choice1", .text(example.choices[0])),
                        ("choice2", .text(example.choices[1])), ("question", .text(example.asked.rawValue)),
                    ] + (labelled ? label : []) + [("idx", .integer(index))]
                ).text + "\n"
            }.joined()
        }
        return [
            "COPA/train.jsonl": lines(data.causeExamples.train, labelled: true),
            "COPA/val.jsonl": lines(data.causeExamples.validation, labelled: true),
            "COPA/test.jsonl": lines(data.causeExamples.test, labelled: false),
        ]
    }

    /// SQuAD v1.1; `part` keeps the question ids of the files apart, which are 24 hexadecimal digits.
    private func squad(_ paragraphs: [ReadingParagraph], part: Int) -> String {
        var articles: [(title: String, paragraphs: [OrderedJSON])] = []
        var questionCount = 0
        for paragraph in paragraphs {
            let questions = paragraph.questions.map { question in
                questionCount += 1
                return OrderedJSON.object([
                    ("answers", .array([answer(question)])), ("question", .text(question.question)),
                    ("id", .text(identifier(part * 1_000_000 + questionCount))),
                ])
            }
            let entry = OrderedJSON.object([
                ("context", .text(paragraph.context)), ("qas", .array(questions)),
            ])
            if articles.last?.title == paragraph.title {
                articles[articles.count - 1].paragraphs.append(entry)
            } else {
                articles.append((paragraph.title, [entry]))
            }
        }
        let data = articles.map { article in
            OrderedJSON.object([("title", .text(article.title)), ("paragraphs", .array(article.paragraphs))])
        }
        return OrderedJSON.object([("data", .array(data)), ("version", .text("1.1"))]).text
    }

    private func answer(_ question: ReadingQuestion) -> OrderedJSON {
        .object([("answer_start", .integer(question.answerStart)), ("text", .text(question.answer))])
    }

    private func identifier(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 24 - digits.count) + digits
    }
}
