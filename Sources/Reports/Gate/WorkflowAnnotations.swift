package import Comparison

/// A gate's findings as commands of GitHub's workflow log, which shows them beside a pull request.
package enum WorkflowAnnotations {
    /// One line for each check that did not pass; GitHub shows about ten of each kind, so the gravest come first.
    package static func render(_ gate: Gate, of difference: SuiteDifference) -> String {
        let names = DifferenceNames(of: difference)
        let levels: [(String, Set<GateCheck.Finding>)] = [
            ("error", [.crash, .inferior, .regression]), ("warning", [.notComparable, .undecided]),
            ("notice", [.warning]),
        ]
        return levels.flatMap { level, findings in
            gate.checks.filter { findings.contains($0.finding) }.map { check in
                let title = property("\(check.gate.words): \(check.finding.words)")
                let message = data("\(GateReport.subject(of: check, names: names)): \(check.detail)")
                return "::\(level) title=\(title)::\(message)\n"
            }
        }
        .joined()
    }

    /// A message: three characters end it or begin an escape.
    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    /// A property's value: two more end it.
    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
