/// The tasks by name.
package enum TaskCatalog {
    /// All tasks, in the order in which reports list them.
    package static let tasks: [any TaskDefinition] = [
        SST2(), BoolQ(), BoolQ(keepsTitles: true), COPA(), SQuAD(),
    ]

    /// All names, in the same order.
    package static let names: [String] = tasks.map(\.name)

    /// The task of a name, or nil when there is none.
    package static func task(named name: String) -> (any TaskDefinition)? {
        tasks.first { $0.name == name }
    }

    /// The name that looks most like a mistyped one, or nil when none is near.
    ///
    /// Case and the characters `-`, `_` and space do not count; at most a third of the letters may differ.
    package static func nearestName(to name: String) -> String? {
        let letters = bare(name)
        let nearest = names.map { ($0, editDistance(letters, bare($0))) }.min { $0.1 < $1.1 }
        guard let (candidate, distance) = nearest, distance * 3 <= max(letters.count, 3) else { return nil }
        return candidate
    }

    private static func bare(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { !"-_ ".utf8.contains($0) }
    }

    /// Insertions, deletions and replacements between two words (Levenshtein).
    private static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (index, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in second.indices {
                let replaced = diagonal + (letter == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
