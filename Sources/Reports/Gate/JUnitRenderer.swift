package import Comparison
import Plots
import ResultStore

/// A gate's checks as JUnit XML, the form that build servers show.
package enum JUnitRenderer {
    /// The document; the same gate gives the same bytes.
    ///
    /// A regression and an inferior score are failures, a crash is an error, and what could not be judged is skipped, so
    /// that nobody takes it for a pass or for a failure.
    package static func render(_ gate: Gate, of difference: SuiteDifference) -> String {
        let names = DifferenceNames(of: difference)
        let suites = GateCheck.Gate.allCases.compactMap { part -> String? in
            let checks = gate.checks.filter { $0.gate == part }
            return checks.isEmpty ? nil : suite(part, checks, names: names)
        }
        let all = gate.checks
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\""
            + XMLText.escaped("lezobench gate: \(difference.candidate.suiteName)") + "\"\(counts(all))>\n"
            + suites.joined() + "</testsuites>\n"
    }

    private static func suite(
        _ part: GateCheck.Gate, _ checks: [GateCheck], names: DifferenceNames
    ) -> String {
        let cases = checks.map { check in
            "    <testcase classname=\"lezobench.gate.\(part.rawValue)\" name=\""
                + XMLText.escaped(GateReport.subject(of: check, names: names)) + "\">\n" + body(check)
                + "    </testcase>\n"
        }
        return "  <testsuite name=\"\(XMLText.escaped(part.words))\"\(counts(checks))>\n" + cases.joined()
            + "  </testsuite>\n"
    }

    private static func body(_ check: GateCheck) -> String {
        let message = XMLText.escaped(check.detail)
        return switch check.finding {
        case .regression, .inferior:
            "      <failure type=\"\(check.finding.rawValue)\" message=\"\(message)\"/>\n"
        case .crash: "      <error type=\"crash\" message=\"\(message)\"/>\n"
        case .undecided, .notComparable:
            "      <skipped message=\"\(XMLText.escaped(check.finding.words)): \(message)\"/>\n"
        case .passed, .warning: "      <system-out>\(message)</system-out>\n"
        }
    }

    private static func counts(_ checks: [GateCheck]) -> String {
        func count(_ findings: Set<GateCheck.Finding>) -> Int {
            checks.count { findings.contains($0.finding) }
        }
        return " tests=\"\(checks.count)\" failures=\"\(count([.regression, .inferior]))\" errors=\""
            + "\(count([.crash]))\" skipped=\"\(count([.undecided, .notComparable]))\""
    }
}
