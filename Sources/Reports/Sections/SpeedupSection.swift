import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

/// LeZO's step against MeZO's, beside what the phases allow and what the paper reports.
enum SpeedupSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        guard !findings.speedups.isEmpty else { return [] }
        let speedups = findings.speedups
        var table = Table(
            name: "step-speedup",
            caption: MethodNames.caption(
                "Step time of MeZO over that of LeZO, paired by round.", cells: speedups.map(\.candidate)),
            columns: MethodNames.columns + [
                .init("rounds", .trailing), .init("speedup", .trailing), .init("95% low", .trailing),
                .init("95% high", .trailing), .init("smallest of a round", .trailing),
                .init("drift", .trailing), .init("parameters left out (%)", .trailing),
                .init("MeZO's perturb and update (%)", .trailing),
                .init("Amdahl's bound", .trailing), .init("bound's 95% interval", .trailing),
                .init("bound, all layers left out", .trailing),
            ], keyColumnCount: MethodNames.columns.count,
            footnotes: [driftNote, uncorrected] + remarks(speedups, names: findings.names)
                + ReportedSpeedupWords.sentences(speedups, findings))
        for speedup in speedups {
            let measurement = speedup.measurement
            let limit = speedup.bindingLimit
            table.append(
                findings.names.cells(speedup.candidate) + [
                    String(speedup.pairs.count), Figures.ratio(measurement?.speedup),
                    Figures.ratio(measurement?.interval.lower), Figures.ratio(measurement?.interval.upper),
                    Figures.ratio(measurement?.smallestRatio),
                    Figures.fixed(measurement?.driftCorrelation, decimals: 2),
                    Figures.percent(speedup.limit?.droppedParameterShare),
                    Figures.percent(speedup.limit?.overheadShare.median), Figures.ratio(limit?.bound),
                    Figures.ends(limit?.interval, by: Figures.ratio) ?? Figures.none,
                    Figures.ratio(limit?.boundWithoutLayers),
                ])
        }
        return [.table(table)]
    }

    private static let driftNote =
        "Drift: Spearman's rank correlation of a round's ratio with its number; beyond 0.5 either way it is remarked on, and "
        + "where its p-value is below 1% no claim is judged by the interval."

    /// What intervals that stand side by side do not promise.
    static let uncorrected =
        "Intervals are not corrected for their number: of twenty that hold at 95% each, one is expected to miss."

    /// How far above the bound a speedup must lie before a remark is due: shares and speedups are medians of their own.
    private static let boundTolerance = 1.02

    private static func remarks(_ speedups: [StepSpeedup], names: MethodNames) -> [String] {
        func subjects(_ members: [StepSpeedup]) -> String {
            members.map { "\($0.candidate.cell.model.words), \(names.phrase($0.candidate))" }
                .joined(separator: "; ")
        }
        var remarks = speedups.flatMap { pairingRemarks(on: $0, names: names) }
        let above = speedups.filter(isAboveBound)
        if !above.isEmpty {
            remarks.append(
                "More than 2% faster than Amdahl's bound, so not only perturbing and updating became faster: "
                    + "\(subjects(above)).")
        }
        let unbounded = speedups.filter { $0.limit == nil }
        if !unbounded.isEmpty {
            remarks.append(
                "No bound is given, because the model's parameter counts were not recorded: "
                    + "\(subjects(unbounded)).")
        }
        return remarks
    }

    /// Whether the whole interval lies above the bound, on the plan that the bound is about.
    private static func isAboveBound(_ speedup: StepSpeedup) -> Bool {
        guard let measurement = speedup.measurement, let limit = speedup.bindingLimit else { return false }
        return measurement.interval.lower > boundTolerance * (limit.interval?.upper ?? limit.bound)
    }

    /// What must be said of a pair of cells and their rounds, whatever they differ in.
    static func pairingRemarks(on speedup: StepSpeedup, names: MethodNames) -> [String] {
        let subject = "\(speedup.candidate.cell.model.words), \(names.phrase(speedup.candidate))"
        var remarks: [String] = []
        switch speedup.outcome {
        case .refused(let reason):
            let ratios = speedup.pairs.map { Figures.ratio($0.baselineNanoseconds / $0.candidateNanoseconds) }
            let values = ratios.isEmpty ? "" : "; the rounds' ratios are \(ratios.joined(separator: ", "))"
            remarks.append("\(subject): no speedup is given, because \(reason)\(values).")
        case .measured(let measurement):
            if let drift = measurement.driftWarning ?? measurement.driftRemark {
                remarks.append("\(subject): \(drift).")
            }
        }
        if speedup.unpairedRoundCount > 0 {
            remarks.append(
                "\(subject): \(Figures.count(speedup.unpairedRoundCount, "round")) without a partner "
                    + "\(speedup.unpairedRoundCount == 1 ? "is" : "are") left out.")
        }
        return remarks
    }
}
