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

    /// A message: a percent sign begins an escape; line ends, which would end it, are spaces already.
    private static func data(_ text: String) -> String {
        escaped(text, ["%"])
    }

    /// A property's value: two more characters end it.
    private static func property(_ text: String) -> String {
        escaped(text, ["%", ":", ","])
    }

    /// The text on one printable line, with these characters by their numbers, whatever combines with them.
    private static func escaped(_ text: String, _ signs: Set<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in DisplayText.singleLine(text).unicodeScalars {
            if signs.contains(scalar) {
                result += "%" + String(scalar.value, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
