import GRDB

/// The attempts at one trial that two databases hold, each once, in the order in which they came.
///
/// Each database numbers its attempts as they came; their times tell nothing of one database's order, since a clock may go
/// back. Only between attempts of different databases, of which neither knew the other, are times all there is.
struct AttemptOrder {
    private let texts: [String]

    /// - Parameter columns: All columns of the table, which decide where times do not.
    init(columns: [String]) {
        texts = columns.filter { $0 != "id" && !MergedTable.isPointer($0) }.sorted()
    }

    /// The union of two lists; the same whichever comes first.
    func merged(_ first: [MergedTable.Values], _ second: [MergedTable.Values]) -> [MergedTable.Values] {
        var (left, right) = (first[...], second[...])
        var result: [MergedTable.Values] = []
        while let one = left.first, let other = right.first {
            if isSame(one, other) {
                result.append(chosen(one, other))
                left.removeFirst()
                right.removeFirst()
                continue
            }
            let oneComesLater = right.contains { isSame($0, one) }
            let otherComesLater = left.contains { isSame($0, other) }
            if oneComesLater && otherComesLater {
                // The databases contradict each other in the order alone.
                let earliest = isBefore(one, other) ? one : other
                let twin = (isBefore(one, other) ? right : left).first { isSame($0, earliest) } ?? earliest
                result.append(chosen(earliest, twin))
                left.removeAll { isSame($0, earliest) }
                right.removeAll { isSame($0, earliest) }
            } else if otherComesLater || (!oneComesLater && isBefore(one, other)) {
                result.append(one)
                left.removeFirst()
            } else {
                result.append(other)
                right.removeFirst()
            }
        }
        return result + left + right
    }

    /// Whether two rows tell of the same attempt.
    private func isSame(_ one: MergedTable.Values, _ other: MergedTable.Values) -> Bool {
        ["begun_ns", "steps_before", "environment_id"].allSatisfy { one[$0] == other[$0] }
    }

    /// Of one attempt in two databases, the row that knows its end: a copy that was made while it ran does not, and one
    /// that went on from there took it for abandoned later than it ended.
    private func chosen(_ one: MergedTable.Values, _ other: MergedTable.Values) -> MergedTable.Values {
        let (end, otherEnd) = (one.optionalInteger("ended_ns"), other.optionalInteger("ended_ns"))
        if end != otherEnd { return (end ?? .max) < (otherEnd ?? .max) ? one : other }
        return text(one) <= text(other) ? one : other
    }

    private func isBefore(_ one: MergedTable.Values, _ other: MergedTable.Values) -> Bool {
        let (begun, otherBegun) = (one.integer("begun_ns"), other.integer("begun_ns"))
        return begun == otherBegun ? text(one) < text(other) : begun < otherBegun
    }

    private func text(_ row: MergedTable.Values) -> String { row.wording(of: texts) }
}
