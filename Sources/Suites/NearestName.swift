/// Finding the name that somebody probably meant.
package enum NearestName {
    /// The candidate with the smallest edit distance to `word`, if it is near enough to be a slip; the first in
    /// alphabetical order among equals.
    package static func of(_ word: String, among candidates: [String]) -> String? {
        let folded = Array(word.lowercased().unicodeScalars)
        let limit = max(1, folded.count / 3)
        let scored = candidates.sorted().map { candidate in
            (candidate, distance(folded, Array(candidate.lowercased().unicodeScalars)))
        }
        guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= limit else { return nil }
        return best.0
    }

    /// `did you mean 'x'? Known: a, b, c`, or `known: a, b, c` when nothing is near.
    static func advice(for word: String, among candidates: [String]) -> String {
        let list = candidates.joined(separator: ", ")
        guard let nearest = of(word, among: candidates) else { return "known: \(list)" }
        return "did you mean '\(nearest)'? Known: \(list)"
    }

    /// The edit distance that counts insertions, deletions, substitutions and swaps of neighbours as one each
    /// (optimal string alignment).
    static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
        var beforeLast = [Int](repeating: 0, count: second.count + 1)
        var last = Array(0...second.count)
        for i in 1...first.count {
            var current = [i] + [Int](repeating: 0, count: second.count)
            for j in 1...second.count {
                let substitution = last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1)
                current[j] = min(last[j] + 1, current[j - 1] + 1, substitution)
                if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
                    current[j] = min(current[j], beforeLast[j - 2] + 1)
                }
            }
            beforeLast = last
            last = current
        }
        return last[second.count]
    }
}
