import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// The summary's sentences on where a step's time goes and how much faster LeZO's is.
///
/// One sentence holds all workloads of a model on a plan. What belongs to a series of lengths is said by ``TokenSummary``,
/// once for the whole series.
enum StepSummary {
    static func sentences(_ findings: SuiteFindings) -> [String] {
        overheads(findings) + speedups(findings) + TokenSummary.sentences(findings)
            + PlanSummary.sentences(findings)
    }

    // MARK: What perturbing and updating take

    private static func overheads(_ findings: SuiteFindings) -> [String] {
        var seen: Set<String> = []
        let summaries = findings.roundTimes
            .filter { $0.cell.cell.droppedLayerCount == 0 && $0.reasonAgainst == nil }
            .filter { !TokenSummary.covers($0.cell, findings) }
            // Cells that differ in step sizes only would say the same again.
            .filter { seen.insert("\($0.cell.cell.model.words), \(findings.names.phrase($0.cell))").inserted }
        return Grouping.inOrder(summaries) { subject($0.cell, findings) + methodPhrase($0.cell, findings) }
            .map { overhead($0.key, $0.items, findings) }
    }

    private static func overhead(
        _ subject: String, _ summaries: [StepTimeSummary], _ findings: SuiteFindings
    ) -> String {
        let shares = summaries.enumerated().map { index, summary in
            let ends = Figures.ends(summary.overheadShare.interval) { Figures.percent($0) }
            return "\(Figures.percent(summary.overheadShare.median))%\(index == 0 ? " of a MeZO step" : "") "
                + "\(MethodNames.place(summary.cell.cell)) (\(ends ?? "too few rounds for an interval"))"
        }
        let isFused = summaries.first?.cell.cell.plan == .fused
        let paper = isFused ? nil : findings.reportedOverheadShare.map { "; the paper says \($0)" }
        return "\(subject): perturb and update are \(Figures.joined(shares))\(paper ?? "")."
            + (isFused ? "" : bounds(summaries))
    }

    private static func bounds(_ summaries: [StepTimeSummary]) -> String {
        let known = summaries.compactMap { summary in summary.boundWithoutLayers.map { (summary, $0) } }
        let bounds = known.enumerated().map { index, known in
            "\(Figures.ratio(known.1))\(index == 0 ? " times as fast" : "")"
                + (summaries.count > 1 ? " \(MethodNames.place(known.0.cell.cell))" : "")
        }
        guard !bounds.isEmpty else { return "" }
        return
            " By Amdahl's law, if the forward passes do not change, leaving out all layers makes a step at most "
            + "\(Figures.joined(bounds))."
    }

    // MARK: What leaving layers out gains

    private static func speedups(_ findings: SuiteFindings) -> [String] {
        let shown = findings.speedups.filter { !TokenSummary.covers($0.baseline, findings) }
        let groups = Grouping.inOrder(shown) { speedup in
            [subject(speedup.candidate, findings), findings.names.method(speedup.candidate.cell)]
        }
        return groups.flatMap { key, members in
            [measured(members, subject: "\(key[0]): \(key[1])")].compactMap { $0 }
                + refused(members, subject: "\(key[0]): no speedup of \(key[1])")
        } + ReportedSpeedupWords.sentences(shown, findings)
    }

    /// The largest sparsity below 1 stands for all; the others are in the table.
    private static func measured(_ speedups: [StepSpeedup], subject: String) -> String? {
        let measured = speedups.filter { $0.measurement != nil }
        let sparsities = Set(measured.map(\.candidate.sparsity))
        guard let chosen = sparsities.filter({ $0 < 1 }).max() ?? sparsities.max() else { return nil }
        let members = measured.filter { $0.candidate.sparsity == chosen }
        let others =
            sparsities.count > 1
            ? " Other sparsit\(sparsities.count == 2 ? "y is" : "ies are") in the table of speedups." : ""
        let phrases = members.enumerated().compactMap { phrase($0.element, isFirst: $0.offset == 0) }
        return "\(subject)'s step at sparsity \(Figures.fixed(chosen, decimals: 2)) is "
            + "\(Figures.joined(phrases)).\(others)"
    }

    private static func phrase(_ speedup: StepSpeedup, isFirst: Bool) -> String? {
        guard let measurement = speedup.measurement else { return nil }
        let remarks =
            [
                Figures.ends(measurement.interval, by: Figures.ratio),
                speedup.bindingLimit.map { "Amdahl's bound \(Figures.ratio($0.bound))" },
                measurement.driftWarning,
            ].compactMap { $0 }
        return "\(Figures.ratio(measurement.speedup))\(isFirst ? " times as fast as MeZO's" : "") "
            + "\(MethodNames.place(speedup.candidate.cell)) (\(remarks.joined(separator: "; ")))"
    }

    private static func refused(_ speedups: [StepSpeedup], subject: String) -> [String] {
        let refusals = speedups.compactMap { speedup -> (place: String, sparsity: String, reason: String)? in
            guard case .refused(let reason) = speedup.outcome else { return nil }
            let sparsity = Figures.fixed(speedup.candidate.sparsity, decimals: 2)
            return (MethodNames.place(speedup.candidate.cell), sparsity, reason)
        }
        return Grouping.inOrder(refusals) { [$0.place, $0.reason] }.map { _, alike in
            "\(subject) is given \(alike[0].place) at sparsity \(Figures.joined(alike.map(\.sparsity))), "
                + "because \(alike[0].reason)."
        }
    }

    private static func subject(_ result: CellResult, _ findings: SuiteFindings) -> String {
        "\(result.cell.model.words)\(findings.names.planPhrase(result.cell))"
    }

    /// MeZO with whatever else varies within the suite, nothing where nothing does.
    private static func methodPhrase(_ result: CellResult, _ findings: SuiteFindings) -> String {
        let name = findings.names.method(result.cell)
        return name == result.cell.method.words ? "" : ", \(name)"
    }
}
