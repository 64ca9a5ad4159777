import Comparison
import ResultStore
import Statistics
import Training

/// Everything that a suite's report says, computed once.
struct SuiteFindings {
    let snapshot: ResultSnapshot
    let ledger: ClaimsLedger
    let names: MethodNames
    let cells: [CellResult]
    let progress: SuiteProgress
    let accuracy: AccuracyTable
    let roundTimes: [StepTimeSummary]
    let trainingTimes: [StepTimeSummary]
    let speedups: [StepSpeedup]
    let claims: ClaimAssessments

    init(snapshot: ResultSnapshot, ledger: ClaimsLedger) {
        self.snapshot = snapshot
        self.ledger = ledger
        let ordered = snapshot.orderedCells
        cells = ordered
        names = MethodNames(of: snapshot)
        progress = SuiteProgress(of: snapshot)
        accuracy = AccuracyTable(from: snapshot)
        roundTimes = ordered.compactMap { StepTimeSummary.rounds(of: $0, in: snapshot) }
        trainingTimes = ordered.compactMap { StepTimeSummary.trainingSteps(of: $0, in: snapshot) }
        speedups = StepSpeedups.all(in: snapshot)
        claims = ClaimAssessments(of: snapshot, ledger: ledger, speedups: speedups)
    }

    /// The share of perturb and update that the LeZO paper reports for MeZO, in its own words.
    var reportedOverheadShare: String {
        ledger.claims.first { $0.metric == "phase_share" && $0.method == "MeZO" && isOfLeZO($0) }?
            .reportedWords
            ?? Figures.none
    }

    /// The speedup that the LeZO paper reports, on the cell's task when it has one for it.
    func reportedSpeedup(for cell: CellResult) -> String {
        let claims = ledger.claims.filter {
            $0.metric == "speedup_wallclock" && isOfLeZO($0) && $0.relation == .above
        }
        let ofTask = claims.first { $0.isAbout(cell.cell.workload) }
        return (ofTask ?? claims.first)?.reportedWords ?? Figures.none
    }

    private func isOfLeZO(_ claim: Claim) -> Bool {
        claim.arxiv == "2410.09823"
    }
}
