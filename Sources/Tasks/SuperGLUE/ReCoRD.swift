package import Archives

/// Which entity of a news text belongs into a gap of a sentence about it, from SuperGLUE; one example for each query.
///
/// The options are the passage's marked entities, each text once, in the order of their first places. The answers
/// are the query's distinct answer texts in the order of their code points, as Hugging Face's loader gives them to
/// the published code: the first of them is trained on, and a choice of any of them is right. An answer that no
/// entity's mark has cannot be chosen and is passed over.
package struct ReCoRD: TaskDefinition {
    package let name = "record"
    package let title = "ReCoRD"
    package let kind = TaskKind.multipleChoice
    package let acceptedArchives =
        AcceptedArchive.packings(of: "ReCoRD") + [
            AcceptedArchive(
                fileName: "ReCoRD-subset.zip", isSubset: true,
                note:
                    "ReCoRD-subset.zip holds 64 of the 100,730 official training queries, and 123 queries in "
                    + "place of the official validation split, which is not in it.")
        ]

    /// The task.
    package init() {}

    private struct Record: Decodable {
        let passage: Passage
        let qas: [Query]
    }
    private struct Passage: Decodable {
        let text: String
        let entities: [Mark]
    }
    /// Code points of the text from `start` to `end`, both inclusive.
    private struct Mark: Decodable {
        let start: Int
        let end: Int
    }
    private struct Query: Decodable {
        let query: String
        let answers: [Answer]
    }
    private struct Answer: Decodable {
        let text: String
    }

    /// A query with what it is about.
    private struct Item {
        let passage: String
        let query: String
        let entities: [String]
        let goldIndices: [Int]
    }

    private static let gap = "@placeholder"

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let items = try EntryText(superGLUE: split, in: archive).jsonLines(Record.self, items: Self.items)
        return ExampleList(items, split: split) { id, item in
            let passage = item.passage.replacingScalars("@highlight\n", with: "- ")
            let statements = item.entities.map { entity in
                "- \(item.query.replacingScalars(Self.gap, with: entity))"
            }
            return Example(
                id: id, prompt: "\(passage)\n-", fullTexts: statements.map { "\(passage)\n\($0)" },
                goldIndex: item.goldIndices[0], goldIndices: item.goldIndices,
                goldAnswers: item.goldIndices.map { item.entities[$0] },
                calibration: CalibrationTexts(prompt: "-", fullTexts: statements))
        }
    }

    private static func items(of record: Record) throws(RecordFault) -> [Item] {
        let entities = try entities(of: record.passage)
        let positions = Dictionary(uniqueKeysWithValues: entities.enumerated().map { (Array($1.utf8), $0) })
        var items: [Item] = []
        for (index, query) in record.qas.enumerated() {
            guard query.query.holds(gap) else {
                throw RecordFault(
                    field: "qas[\(index)].query", found: quoted(query.query), expected: "a text with \(gap)")
            }
            let answers = Set(query.answers.map { Array($0.text.utf8) })
                .sorted { $0.lexicographicallyPrecedes($1) }
            let goldIndices = answers.compactMap { positions[$0] }
            guard !goldIndices.isEmpty else {
                throw RecordFault(
                    field: "qas[\(index)].answers",
                    found: query.answers.isEmpty
                        ? "an empty list"
                        : "only \(query.answers.map { quoted($0.text) }.joined(separator: ", "))",
                    expected: "an answer that is one of the passage's entities")
            }
            items.append(
                Item(
                    passage: record.passage.text, query: query.query, entities: entities,
                    goldIndices: goldIndices))
        }
        return items
    }

    /// Refuses marks that together are many times as long as the text.
    ///
    /// Each is copied, so thousands that all span a long text would fill the memory.
    private static func checkLengths(of marks: [Mark], textCount: Int) throws(RecordFault) {
        let most = 16 * max(textCount, 1024)
        var total = 0
        for (index, mark) in marks.enumerated() {
            total += mark.end - mark.start + 1
            guard total <= most else {
                throw RecordFault(
                    field: "passage.entities[\(index)]",
                    found: "\(total) code points in the entities up to this one",
                    expected: "at most \(most) in all for the \(textCount) of the text")
            }
        }
    }

    /// The distinct texts of the marks, by the first place of each.
    private static func entities(of passage: Passage) throws(RecordFault) -> [String] {
        let scalars = Array(passage.text.unicodeScalars)
        for (index, mark) in passage.entities.enumerated()
        where mark.start < 0 || mark.end < mark.start || mark.end >= scalars.count {
            throw RecordFault(
                field: "passage.entities[\(index)]", found: "\(mark.start) to \(mark.end)",
                expected: "first and last code point of an entity in the \(scalars.count) of the text")
        }
        try checkLengths(of: passage.entities, textCount: scalars.count)
        var seen: Set<[Unicode.Scalar]> = []
        let ascending = passage.entities.enumerated().sorted {
            ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
        }
        return ascending.map { Array(scalars[$0.element.start...$0.element.end]) }
            .filter { seen.insert($0).inserted }
            .map { String(String.UnicodeScalarView($0)) }
    }
}
