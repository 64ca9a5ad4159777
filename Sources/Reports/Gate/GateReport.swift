package import Comparison
import Foundation
import ResultStore
import Statistics
package import Suites
import Training

/// The report of a regression gate, short enough for a pull request.
package enum GateReport {
    /// The report of a gate; the same databases and policy give the same report to the byte.
    ///
    /// - Parameters:
    ///   - gate: The gate.
    ///   - difference: The records that it judged.
    ///   - policy: What was asked for.
    package static func make(
        from gate: Gate, of difference: SuiteDifference, policy: GatePolicy
    ) -> Report {
        let names = DifferenceNames(of: difference)
        let outcome = gate.outcome
        let sections = [
            Report.Section(title: "In short", blocks: [.list(sentences(gate))]),
            Report.Section(
                title: "To look at",
                blocks: table(
                    "findings", "What did not pass, gravest first.",
                    gate.checks.filter { $0.finding != .passed }.sorted { $0.gravity < $1.gravity },
                    names: names)),
            Report.Section(
                title: "Step time",
                blocks: timingTable(gate, names: names)),
            Report.Section(
                title: "Passed",
                blocks: table(
                    "passed", "What was looked at and passed.", gate.checks.filter { $0.finding == .passed },
                    names: names)),
            Report.Section(
                title: "Machines and builds", blocks: EnvironmentDifferenceSection.blocks(difference)),
        ]
        return Report(
            title: "Gate \(outcome.words): suite \(difference.candidate.suiteName)",
            sections: sections.filter { !$0.blocks.isEmpty }, footer: [footer(policy)])
    }

    /// A check's cell and subject in one phrase.
    static func subject(of check: GateCheck, names: DifferenceNames) -> String {
        check.cell.map { "\(check.subject), \(names.phrase($0))" } ?? check.subject
    }

    private static func sentences(_ gate: Gate) -> [String] {
        GateCheck.Gate.allCases.compactMap { part in
            let checks = gate.checks.filter { $0.gate == part }
            guard !checks.isEmpty else { return nil }
            let counts = GateCheck.Finding.allCases.compactMap { finding -> String? in
                let count = checks.count { $0.finding == finding }
                return count > 0 ? "\(count) \(finding.words)" : nil
            }
            return "\(part.words): \(Figures.joined(counts))."
        }
    }

    private static func table(
        _ name: String, _ caption: String, _ checks: [GateCheck], names: DifferenceNames
    ) -> [Report.Block] {
        guard !checks.isEmpty else { return [] }
        var table = Table(
            name: name, caption: caption,
            columns: [.init("gate"), .init("what"), .init("finding"), .init("figures")], keyColumnCount: 2)
        for check in checks {
            table.append([
                check.gate.words, subject(of: check, names: names), check.finding.words, check.detail,
            ])
        }
        return [.table(table)]
    }

    private static func timingTable(_ gate: Gate, names: DifferenceNames) -> [Report.Block] {
        guard let timing = gate.timing else { return [] }
        var table = Table(
            name: "timing",
            caption: "Step time of the candidate over that of the baseline, in interleaved rounds.",
            columns: DifferenceNames.columns + [
                .init("rounds", .trailing), .init("candidate / baseline", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("p (Holm)", .trailing),
                .init("p, confirmation", .trailing), .init("slowdown that would be found (%)", .trailing),
            ], keyColumnCount: DifferenceNames.columns.count)
        for (difference, cell) in zip(gate.timedCells, timing.cells) {
            let interval = cell.estimate?.ratioInterval
            table.append(
                names.cells(difference.candidate) + [
                    String(cell.rounds), Figures.ratio(cell.estimate?.ratio), Figures.ratio(interval?.lower),
                    Figures.ratio(interval?.upper), Figures.pValue(cell.pValue),
                    cell.confirmationPValue.map(Figures.pValue) ?? Figures.none,
                    Figures.percent(cell.smallestDetectable),
                ])
        }
        return [.table(table)]
    }

    private static func footer(_ policy: GatePolicy) -> String {
        let timing = policy.timing
        return
            "Policy: step time margin \(Figures.percent(timing.margin))%, \(timing.rounds) rounds, flagged at "
            + "\(Figures.percent(timing.significance))% over all cells and confirmed at "
            + "\(Figures.percent(timing.confirmation))% by fresh rounds; test scores margin "
            + "\(Figures.fixed(policy.quality.marginPoints, decimals: 2)) points at "
            + "\(Figures.percent(policy.quality.significance))% over all cells; peak memory within "
            + "\(Figures.percent(policy.exact.memoryTolerance))%. A false alarm on step time is promised in at most "
            + "\(Figures.percent(timing.significance))% of gates; 'lezobench gate --against-itself' measures the rate here."
    }
}

extension GateCheck.Gate {
    /// The part of the gate in words.
    package var words: String {
        switch self {
        case .coverage: "coverage"
        case .exact: "exact (G1)"
        case .quality: "quality"
        case .timing: "timing (G2)"
        case .history: "history (G3)"
        }
    }
}

extension GateCheck.Finding {
    /// The finding in words.
    package var words: String {
        switch self {
        case .passed: "passed"
        case .warning: "warning"
        case .undecided: "undecided"
        case .notComparable: "not comparable"
        case .regression: "regression"
        case .inferior: "inferior"
        case .crash: "crashed"
        }
    }
}

extension GateCheck {
    /// The place of its finding, the gravest first.
    fileprivate var gravity: Int {
        let order: [Finding] = [
            .crash, .inferior, .regression, .notComparable, .undecided, .warning, .passed,
        ]
        return order.firstIndex(of: finding) ?? order.count
    }
}
