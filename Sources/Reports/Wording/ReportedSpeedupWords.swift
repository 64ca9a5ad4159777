import Comparison
import ResultStore
import Training

/// What the paper says to be gained, for readers of what was measured.
enum ReportedSpeedupWords {
    /// One sentence for all tasks or shapes of which the paper says the same; none where it says nothing.
    static func sentences(_ speedups: [StepSpeedup], _ findings: SuiteFindings) -> [String] {
        let claimed = speedups.compactMap { speedup in
            findings.reportedSpeedup(for: speedup.candidate).map { (speedup.candidate.cell.workload, $0) }
        }
        return Grouping.inOrder(claimed) { $0.1 }.map { claim, members in
            let tasks = members.map(\.0).filter { !$0.isShape }.map(\.words)
                .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return
                "The paper claims \(claim)\(tasks.isEmpty ? "" : " on \(Figures.joined(tasks))"), not saying whether per "
                + "step or to equal accuracy, nor the hardware."
        }
    }
}
