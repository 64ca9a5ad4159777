package import Archives

/// Sentiment of a film review's phrase, from GLUE.
package struct SST2: TaskDefinition {
    package let name = "sst2"
    package let title = "SST-2"
    package let kind = TaskKind.classification
    package let acceptedArchives = AcceptedArchive.packings(of: "SST-2")
    package let trainEntries = ["train.tsv"]

    /// The task.
    package init() {}

    private static let question = " It was"
    private static let options = ["terrible", "great"]

    package func examples(of split: ArchiveSplit, in archive: Archive) throws(TaskError) -> ExampleList {
        let text = try EntryText(endingWith: split == .train ? "train.tsv" : "dev.tsv", in: archive)
        var records: [(sentence: String, label: Int)] = []
        for (line, fields) in try text.tabSeparated(columns: ["sentence", "label"]) {
            guard let label = ["0", "1"].firstIndex(of: fields[1]) else {
                throw text.badRecord(
                    line: line, field: "label", found: quoted(fields[1]), expected: "0 or 1")
            }
            records.append((fields[0], label))
        }
        return ExampleList(records, split: split) { id, record in
            let prompt = record.sentence.strippedOfWhiteSpace + Self.question
            return Example(
                id: id, prompt: prompt, fullTexts: Self.options.map { "\(prompt) \($0)" },
                goldIndex: record.label, goldAnswers: [Self.options[record.label]],
                calibration: CalibrationTexts(
                    prompt: Self.question, fullTexts: Self.options.map { "\(Self.question) \($0)" }))
        }
    }
}
