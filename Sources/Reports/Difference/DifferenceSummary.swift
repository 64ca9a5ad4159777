import Comparison
import ResultStore
import Statistics
import Training

/// What a comparison of two databases comes to, in a few sentences.
enum DifferenceSummary {
    static func blocks(_ difference: DatabaseDifference) -> [Report.Block] {
        switch difference.conclusion {
        case .identical:
            return [.paragraph("The same: both hold the very same records, times included.")]
        case .same:
            return [
                .paragraph("The same: whatever was measured on both sides agrees within its margin."),
                .list(difference.suites.flatMap(sentences)),
            ]
        case .undecided:
            return [
                .paragraph("No difference is shown, but neither is that there is none."),
                .list(difference.suites.flatMap(sentences)),
            ]
        case .different:
            var all = difference.onlyBaseline.map { "Suite \($0) is in the baseline only." }
            all += difference.onlyCandidate.map { "Suite \($0) is in the candidate only." }
            all += difference.suites.flatMap(sentences)
            return [
                .paragraph("They differ in \(Figures.joined(aspects(of: difference)))."), .list(all),
            ]
        }
    }

    /// What differs, from the outside inwards.
    private static func aspects(of difference: DatabaseDifference) -> [String] {
        let suites = difference.suites
        let cells = suites.flatMap(\.cells)
        let differing: [(isSo: Bool, what: String)] = [
            (
                !difference.onlyBaseline.isEmpty || !difference.onlyCandidate.isEmpty,
                "the suites that they hold"
            ),
            (suites.contains { !$0.hasSameFile }, "the suite's file"),
            (
                suites.contains { !$0.onlyBaseline.isEmpty || !$0.onlyCandidate.isEmpty },
                "the cells that they hold"
            ),
            (
                suites.contains { !$0.inputs.isEmpty } || cells.contains { $0.inputMismatch != nil },
                "the files used"
            ),
            (cells.contains { !$0.oneSided.isEmpty }, "the trials or rounds that are done"),
            (cells.contains { !$0.exact.isExact }, "numbers compared bit by bit"),
            (
                cells.contains {
                    [$0.accuracyVerdict, $0.exactMatchVerdict].contains { $0?.isChange ?? false }
                }, "test scores"
            ),
            (cells.contains { $0.stepTimeVerdict?.isChange ?? false }, "step time"),
            (cells.contains { $0.work.map { !$0.isSame } ?? false }, "counted work"),
            (cells.contains { $0.memory?.verdict.isChange ?? false }, "peak memory"),
        ]
        return differing.filter(\.isSo).map(\.what)
    }

    private static func sentences(_ suite: SuiteDifference) -> [String] {
        let name = suite.baseline.suiteName
        if suite.isSameRecord { return ["\(name): the very same records."] }
        var sentences: [String] = []
        if !suite.hasSameFile {
            sentences.append(
                "\(name): the suite's file is not the same (SHA-256 \(suite.baseline.suiteSHA256.prefix(12)) and "
                    + "\(suite.candidate.suiteSHA256.prefix(12))); compared are the cells that both have.")
        }
        if !suite.onlyBaseline.isEmpty || !suite.onlyCandidate.isEmpty {
            sentences.append(
                "\(name): \(Figures.count(suite.onlyBaseline.count, "cell")) in the baseline only, "
                    + "\(Figures.count(suite.onlyCandidate.count, "cell")) in the candidate only.")
        }
        let lacking = suite.cells.count { !$0.oneSided.isEmpty }
        if lacking > 0 {
            sentences.append(
                "\(name): in \(Figures.count(lacking, "cell")) one side has trials or rounds that the other lacks."
            )
        }
        sentences.append("\(name): numbers: \(exact(suite)).")
        sentences.append("\(name): test scores: \(tally(suite.cells.map(\.accuracyVerdict), Self.quality)).")
        sentences.append("\(name): step time: \(tally(suite.cells.map(\.stepTimeVerdict), Self.speed)).")
        let unpaired = suite.cells.count { $0.stepTime?.pairing == .unpaired }
        if unpaired > 0 {
            sentences.append(
                "\(name): \(Figures.count(unpaired, "cell")) timed apart on the two sides: machine drift not controlled."
            )
        }
        let bought = suite.cells.count {
            $0.stepTimeVerdict == .lower && $0.accuracyVerdict == .lower
        }
        if bought > 0 {
            sentences.append(
                "\(name): \(Figures.count(bought, "cell")) faster but worse, which is no improvement.")
        }
        return sentences
    }

    private static let quality = ("worse", "better", "as good")
    private static let speed = ("faster", "slower", "as fast")

    /// How many cells have which verdict, such as `2 slower, 5 as fast and 1 undecided`.
    private static func tally(
        _ verdicts: [ChangeVerdict?], _ words: (lower: String, higher: String, same: String)
    ) -> String {
        let found = verdicts.compactMap {
            $0?.words(lower: words.lower, higher: words.higher, same: words.same)
        }
        let counts = [words.lower, words.higher, words.same, "undecided"].compactMap { word -> String? in
            let count = found.count { $0 == word }
            return count > 0 ? "\(count) \(word)" : nil
        }
        let missing = verdicts.count - found.count
        let parts = counts + (missing > 0 ? ["\(missing) not compared"] : [])
        return parts.isEmpty ? "nothing to compare" : Figures.joined(parts)
    }

    private static func exact(_ suite: SuiteDifference) -> String {
        let cells = suite.cells.map(\.exact).filter(\.isMeasured)
        guard !cells.isEmpty else { return "nothing to compare" }
        let equal = cells.count(where: \.isExact)
        let sentence =
            equal == cells.count
            ? cells.count == 1
                ? "the same to the bit in the one cell"
                : "the same to the bit in all \(Figures.count(cells.count, "cell"))"
            : "the same to the bit in \(equal) of \(Figures.count(cells.count, "cell"))"
        return equal < cells.count && !suite.shouldAgreeExactly
            ? "\(sentence); BLAS or instruction set differ, which round differently" : sentence
    }
}
