import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// The summary's sentences on series of lengths: the shortest and the longest rows stand for the series.
enum TokenSummary {
    static func sentences(_ findings: SuiteFindings) -> [String] {
        findings.tokenSeries.flatMap { series in
            guard let first = series.points.first, let last = series.points.last else { return [String]() }
            let cell = series.representative.cell
            let subject =
                "\(cell.model.words), \(Figures.count(cell.batchSize, "row"))\(findings.names.planPhrase(cell))"
            let isUsable = first.baseline.reasonAgainst == nil && last.baseline.reasonAgainst == nil
            return (isUsable ? [overhead(from: first, to: last, subject: subject, findings)] : [])
                + speedups(from: first, to: last, subject: subject)
        }
    }

    /// Whether a MeZO cell belongs to a series, so that its own sentence is not needed.
    static func covers(_ cell: CellResult, _ findings: SuiteFindings) -> Bool {
        findings.tokenSeries.contains { $0.points.contains { $0.baseline.cell.id == cell.id } }
    }

    private static func overhead(
        from first: TokenSeries.Point, to last: TokenSeries.Point, subject: String, _ findings: SuiteFindings
    ) -> String {
        func share(_ point: TokenSeries.Point, _ of: String) -> String {
            let ends = Figures.ends(point.baseline.overheadShare.interval) { Figures.percent($0) }
            return "\(Figures.percent(point.baseline.overheadShare.median))%\(of) at \(point.tokens) tokens"
                + (ends.map { " (\($0))" } ?? "")
        }
        let paper =
            first.baseline.cell.cell.plan == .reference
            ? findings.reportedOverheadShare.map { "; the paper says \($0), not at which length" } : nil
        return
            "\(subject): perturb and update are \(share(first, " of a MeZO step")) and \(share(last, ""))\(paper ?? "")."
    }

    /// One sentence for each sparsity that both ends of the series have.
    private static func speedups(
        from first: TokenSeries.Point, to last: TokenSeries.Point, subject: String
    ) -> [String] {
        first.speedups.compactMap { short in
            let sparsity = short.candidate.sparsity
            guard let long = last.speedups.first(where: { $0.candidate.sparsity == sparsity }) else {
                return nil
            }
            func phrase(_ speedup: StepSpeedup, _ of: String, tokens: Int) -> String {
                guard let measurement = speedup.measurement else {
                    return "without a figure at \(tokens) tokens (see the notes of the speedups)"
                }
                let ends = Figures.ends(measurement.interval, by: Figures.ratio) ?? Figures.none
                let bound = speedup.bindingLimit.map { "; Amdahl's bound \(Figures.ratio($0.bound))" } ?? ""
                let drift = measurement.driftWarning.map { "; \($0)" } ?? ""
                return
                    "\(Figures.ratio(measurement.speedup))\(of) at \(tokens) tokens (\(ends)\(bound)\(drift))"
            }
            let of = " times as fast as MeZO's"
            return "\(subject): LeZO's step at sparsity \(Figures.fixed(sparsity, decimals: 2)) is "
                + "\(phrase(short, of, tokens: first.tokens)) and "
                + "\(phrase(long, short.measurement == nil ? of : "", tokens: last.tokens))."
        }
    }
}
