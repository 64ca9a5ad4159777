import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// Sentences on where a speedup comes from, each figure with its interval; nothing is said where there is none.
enum SpeedupOriginWords {
    /// What one MeZO step leaves to be gained.
    ///
    /// On the fused plan there is no bound to speak of.
    static func sentences(_ origin: SpeedupOrigin, _ findings: SuiteFindings) -> [String] {
        let summary = origin.baseline
        let cell = summary.cell.cell
        guard let ends = Figures.ends(summary.overheadShare.interval, by: { Figures.percent($0) }) else {
            return []
        }
        let subject = "\(cell.model.words), \(cell.workload.words)\(findings.names.planPhrase(cell))"
        let share = "\(Figures.percent(summary.overheadShare.median))% of a MeZO step (95% interval \(ends))"
        guard cell.plan == .reference else {
            return [
                "\(subject): threads spend \(share) on noise inside the one pass. \(fusedGain(origin)) Amdahl's bound is one "
                    + "of the reference plan's cost model and does not bind here."
            ]
        }
        guard let bound = summary.boundWithoutLayers, let layers = summary.cell.layerParameterShare else {
            return []
        }
        return [
            "\(subject): perturb and update take \(share), which allows at most \(Figures.ratio(bound))x per step if the forward passes do not change; "
                + "with every layer left out, \(Figures.percent(layers))% of the parameters, the others are still tuned."
                + requirement(origin, findings)
        ]
    }

    /// How share, bound and phases change with the length of rows.
    static func sentences(_ series: TokenSeries, _ findings: SuiteFindings) -> [String] {
        guard let first = series.points.first, let last = series.points.last else { return [] }
        let cell = series.representative.cell
        guard cell.plan == .reference, series.points.allSatisfy({ $0.baseline.reasonAgainst == nil }) else {
            return []
        }
        let subject =
            "\(cell.model.words), \(Figures.count(cell.batchSize, "row"))\(findings.names.planPhrase(cell))"
        return [phases(from: first, to: last, subject: subject), majority(series, subject: subject)]
            .compactMap { $0 }
    }

    /// A ratio with its interval, such as `1.33 (1.31 to 1.35)`.
    static func ratio(_ value: Double?, _ interval: Interval?) -> String {
        Figures.ratio(value) + (Figures.ends(interval, by: Figures.ratio).map { " (\($0))" } ?? "")
    }

    /// How a measured speedup stands to its bound, both by their intervals; nil without either.
    static func standing(of speedup: StepSpeedup) -> String? {
        guard let measured = speedup.measurement?.interval, let bound = speedup.bindingLimit?.interval else {
            return nil
        }
        if measured.lower > bound.upper { return "above: not only perturbing and updating became faster" }
        if measured.upper < bound.lower { return "below: less than the phases allow" }
        return "the intervals overlap"
    }

    private static func fusedGain(_ origin: SpeedupOrigin) -> String {
        let phrases = origin.savings.map {
            "\(ratio($0.speedup.measurement?.speedup, $0.speedup.measurement?.interval)) times as long as LeZO's at sparsity "
                + Figures.fixed($0.speedup.candidate.sparsity, decimals: 2)
        }
        return "MeZO's step takes \(Figures.joined(phrases))."
    }

    /// The share that a claimed speedup needs, next to the one measured.
    private static func requirement(_ origin: SpeedupOrigin, _ findings: SuiteFindings) -> String {
        findings.claimedSpeedups.compactMap { speedup in
            guard let needed = origin.requiredShare(forSpeedup: speedup),
                let measured = origin.baseline.overheadShare.interval
            else { return nil }
            let figure = Figures.fixed(speedup, decimals: speedup == speedup.rounded() ? 0 : 1)
            if needed > 1 {
                return
                    " A step \(figure) times as fast is out of reach at any length: even one of perturbing and updating alone "
                    + "would not get there, for too few parameters lie in layers."
            }
            let comparison =
                measured.upper < needed ? "; it is less" : measured.lower >= needed ? "; it is as much" : ""
            return
                " A step \(figure) times as fast needs a share of \(Figures.percent(needed))% at least, with every layer left "
                + "out\(comparison)."
        }.joined()
    }

    private static func phases(
        from first: TokenSeries.Point, to last: TokenSeries.Point, subject: String
    ) -> String? {
        func time(_ centre: Centre) -> String? {
            Figures.ends(centre.interval, by: Figures.milliseconds).map {
                "\(Figures.milliseconds(centre.median)) ms (\($0))"
            }
        }
        guard let before = time(first.baseline.overheadNanoseconds),
            let after = time(last.baseline.overheadNanoseconds),
            let short = time(first.baseline.forwardNanoseconds),
            let long = time(last.baseline.forwardNanoseconds),
            let mostShort = first.baseline.boundWithoutLayers, let mostLong = last.baseline.boundWithoutLayers
        else { return nil }
        return
            "\(subject): at \(first.tokens) and \(last.tokens) tokens perturb and update of a MeZO step take \(before) and "
            + "\(after), the forward passes \(short) and \(long); so leaving out all layers would give, with unchanged "
            + "forward passes, \(Figures.ratio(mostShort))x and \(Figures.ratio(mostLong))x at most."
    }

    private static func majority(_ series: TokenSeries, subject: String) -> String? {
        let above = series.longestWithMajority.map { "more than half of a MeZO step up to \($0) tokens" }
        let below = series.shortestWithoutMajority.map { "less than half from \($0) tokens on" }
        let phrases = [above, below].compactMap { $0 }
        guard !phrases.isEmpty else { return nil }
        return "\(subject): perturb and update take \(Figures.joined(phrases)), by whole intervals."
    }
}
