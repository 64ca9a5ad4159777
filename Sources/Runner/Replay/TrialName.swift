package import ResultStore
import Suites
import Training

extension RecordedTrial {
    /// What a person calls it: model, cell and seeds.
    package var label: String {
        let specification = specification
        return
            "\(specification.cell.model.name) · \(specification.cell.label(layerCount: layerCount)) · "
            + "data seed \(specification.dataSeed) · noise seed \(specification.noiseSeed)"
    }

    /// Its number, the beginning of its identity and its label.
    package var title: String { "trial \(id) (\(identity.prefix(8))) · \(label)" }
}

/// Finding a trial by what a person types: its number, the beginning of its identity, or words of its label.
package enum TrialName {
    /// Hexadecimal digits from which on a text may be the beginning of an identity.
    static let shortestPrefix = 4
    /// Trials that a message lists.
    private static let listedCount = 8

    /// The only trial that goes by a name; a number is a row's before it is the beginning of an identity.
    ///
    /// - Parameters:
    ///   - name: Such as `12`, `1f3a9c` or `sst2 lezo 50% fused`; words may stand in any order.
    ///   - trials: All trials of the database.
    ///   - database: Its path, for messages.
    package static func find(
        _ name: String, in trials: [RecordedTrial], database: String
    ) throws(ReplayError) -> RecordedTrial {
        guard !trials.isEmpty else {
            throw .unknownTrial(name, database: database, advice: "it holds no trial yet")
        }
        if let number = Int64(name) {
            if let trial = trials.first(where: { $0.id == number }) { return trial }
        }
        let folded = name.lowercased()
        let isPrefix = folded.count >= shortestPrefix && folded.allSatisfy(\.isHexDigit)
        if isPrefix, let trial = try only(of: trials.filter { $0.identity.hasPrefix(folded) }, name) {
            return trial
        }
        let wanted = words(folded)
        // Numbers stand in many labels, and a row's that is mistyped must not mean another trial.
        let isNumber = wanted.count == 1 && wanted.allSatisfy(isInteger)
        let named = trials.map { (trial: $0, words: Set(words($0.label.lowercased()))) }
        let fitting =
            wanted.isEmpty || isNumber ? [] : named.filter { $0.words.isSuperset(of: wanted) }.map(\.trial)
        if let trial = try only(of: fitting, name) { return trial }
        throw .unknownTrial(
            name, database: database,
            advice: advice(
                wanted: wanted, known: named.reduce(into: Set()) { $0.formUnion($1.words) }, trials: trials))
    }

    /// The one element, nil when there is none.
    private static func only(
        of trials: [RecordedTrial], _ name: String
    ) throws(ReplayError) -> RecordedTrial? {
        if trials.count > 1 {
            throw .severalTrials(
                name, matches: trials.prefix(listedCount).map(\.title), count: trials.count)
        }
        return trials.first
    }

    private static func isInteger(_ word: String) -> Bool {
        let digits = word.first == "-" || word.first == "+" ? word.dropFirst() : word[...]
        return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0.isWhitespace || "·,()".contains($0) }.map(String.init)
    }

    private static func advice(
        wanted: [String], known: Set<String>, trials: [RecordedTrial]
    ) -> String {
        var sentences: [String] = []
        for word in wanted where !known.contains(word) && Double(word) == nil {
            if let nearest = NearestName.of(word, among: Array(known)) {
                sentences.append("did you mean '\(nearest)' by '\(word)'?")
            }
        }
        let ids = trials.map(\.id)
        if let first = ids.min(), let last = ids.max() {
            sentences.append(
                "its trials have the numbers \(first) to \(last); leave the name out to list them")
        }
        return sentences.joined(separator: " ")
    }
}
