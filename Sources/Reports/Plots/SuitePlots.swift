import Plots

/// All plots of a suite, with names that differ.
struct SuitePlots {
    /// Scores on test examples.
    let scores: [Plot]
    /// Loss against steps and against training time.
    let losses: [Plot]
    /// Where a step's time goes.
    let phases: [Plot]
    /// Speedup against sparsity.
    let speedups: [Plot]
    /// Overhead against the length of the rows.
    let overheads: [Plot]

    /// The plots of a suite's findings.
    init(_ findings: SuiteFindings) {
        var names = UniqueNames()
        func named(_ plots: [Plot]) -> [Plot] {
            plots.map { plot in
                var plot = plot
                plot.name = names.take(plot.name)
                return plot
            }
        }
        scores = named(ScorePlots.all(findings))
        losses = named(LossPlots.all(findings))
        phases = named(PhasePlots.all(findings))
        speedups = named(SpeedupPlots.all(findings))
        overheads = named(OverheadPlots.all(findings))
    }

    /// Plots as blocks of a section.
    static func blocks(_ plots: [Plot]) -> [Report.Block] {
        plots.map(Report.Block.figure)
    }
}

/// Names that were given away.
private struct UniqueNames {
    private var taken: Set<String> = []

    /// Words as a name of lower-case letters, digits and hyphens, with a number where it was taken.
    mutating func take(_ words: String) -> String {
        let parts = words.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let name = parts.isEmpty ? "plot" : parts.joined(separator: "-")
        var unique = name
        var number = 2
        while !taken.insert(unique).inserted {
            unique = "\(name)-\(number)"
            number += 1
        }
        return unique
    }
}
