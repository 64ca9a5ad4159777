/// A premise, a hypothesis, and how the two stand to each other.
struct EntailmentRecord {
    let premise: String
    let hypothesis: String
    /// The position of the label among those that the task has.
    let goldIndex: Int
}

extension EntryText {
    /// The records of RTE and CB, which differ in their labels only.
    func entailmentRecords(labels: [String]) throws(TaskError) -> [EntailmentRecord] {
        struct Record: Decodable {
            let premise: String
            let hypothesis: String
            let label: String
        }
        func items(of record: Record) throws(RecordFault) -> [EntailmentRecord] {
            [
                EntailmentRecord(
                    premise: record.premise, hypothesis: record.hypothesis,
                    goldIndex: try RecordFault.position(of: record.label, among: labels, field: "label"))
            ]
        }
        return try jsonLines(Record.self, items: items)
    }
}
