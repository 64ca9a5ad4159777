package import Comparison
import ResultStore
import Statistics
import Training

/// The report of what two results databases say: first what only one of them has, then how the rest compares.
package enum DifferenceReport {
    /// The report of a difference; the same databases under the same names give the same report to the byte.
    ///
    /// - Parameters:
    ///   - difference: The difference.
    ///   - baseline: What the first database is called.
    ///   - candidate: What the second one is called.
    package static func make(
        from difference: DatabaseDifference, baseline: String, candidate: String
    ) -> Report {
        var sections = [
            Report.Section(
                title: "In short", blocks: DifferenceSummary.blocks(difference)),
            Report.Section(title: "Only on one side", blocks: oneSidedSuites(difference)),
        ]
        for suite in difference.suites where !suite.isSameRecord {
            let prefix = difference.suites.count > 1 ? "\(suite.baseline.suiteName): " : ""
            let names = DifferenceNames(of: suite)
            let parts: [(String, [Report.Block])] = [
                ("Only on one side", OneSidedSection.blocks(suite, names: names)),
                ("Machines and builds", EnvironmentDifferenceSection.blocks(suite)),
                ("Files", InputDifferenceSection.blocks(suite)),
                ("Judged together", DifferenceSections.judgements(suite, names: names)),
                ("Test scores", DifferenceSections.accuracy(suite, names: names)),
                ("Step time", DifferenceSections.stepTime(suite, names: names)),
                ("Step time by phase", DifferenceSections.phases(suite, names: names)),
                ("Counted work", DifferenceSections.work(suite, names: names)),
                ("Peak memory", DifferenceSections.memory(suite, names: names)),
                ("Numbers to the bit", DifferenceSections.exact(suite, names: names)),
            ]
            sections += parts.map { Report.Section(title: prefix + $0.0, blocks: $0.1) }
        }
        return Report(
            title: "\(candidate) compared with \(baseline)",
            sections: sections.filter { !$0.blocks.isEmpty },
            footer: footer(baseline: baseline, candidate: candidate))
    }

    private static func oneSidedSuites(_ difference: DatabaseDifference) -> [Report.Block] {
        let sentences =
            difference.onlyBaseline.map { "Suite \($0) is in the baseline only." }
            + difference.onlyCandidate.map { "Suite \($0) is in the candidate only." }
        return sentences.isEmpty ? [] : [.list(sentences)]
    }

    private static func footer(baseline: String, candidate: String) -> [String] {
        [
            "How it was made: by lezobench diff, with \(baseline) as the baseline and \(candidate) as the candidate; "
                + "nothing was written to either.",
            "Intervals are at 95%; p-values are corrected by Holm over all cells of a suite, for test scores, exact matches and step "
                + "times apart, and decide at 5%. \"The same\" says that the whole interval lies within the margin; "
                + "\"undecided\" that it lies neither there nor clear of it.",
            "Step times of rounds that were taken in turns: Hodges-Lehmann estimate of the log ratios with the exact "
                + "signed-rank interval, margin 2%. Otherwise the ratio of geometric means, its interval and p-value by Welch's t "
                + "on the logarithms, margin 10%, and the label unpaired: machine drift not controlled.",
            "Test scores: margin 1 point; how each interval was made stands beside it. The bootstrap draws from seed "
                + "\(ExampleBootstrap.seed).",
        ]
    }
}
