import Comparison

/// The machines and builds of two databases, where they differ.
enum EnvironmentDifferenceSection {
    static func blocks(_ suite: SuiteDifference) -> [Report.Block] {
        let before = SuiteDifference.environments(of: suite.baseline)
        let after = SuiteDifference.environments(of: suite.candidate)
        var table = Table(
            name: "environments", caption: "Properties that are not the same on both sides.",
            columns: [.init("property"), .init("baseline"), .init("candidate")])
        for (property, value) in EnvironmentFacts.all {
            let first = Set(before.map(value)).sorted()
            let second = Set(after.map(value)).sorted()
            guard first != second else { continue }
            table.append([property, words(first), words(second)])
        }
        return table.rows.isEmpty
            ? [.paragraph("Machine, build and libraries are the same.")] : [.table(table)]
    }

    private static func words(_ values: [String]) -> String {
        values.isEmpty ? "not recorded" : values.joined(separator: "; ")
    }
}
