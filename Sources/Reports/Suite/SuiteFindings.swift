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
    /// Steps of fine-tuning.
    let gradientTimes: [GradientStepSummary]
    /// What each method needs of memory.
    let memory: MemoryTable
    let speedups: [StepSpeedup]
    /// The fused plan against the reference plan.
    let planSpeedups: [StepSpeedup]
    /// Overhead and speedup by the length of the rows.
    let tokenSeries: [TokenSeries]
    /// What leaving layers out saved, and where, one MeZO step each.
    let origins: [SpeedupOrigin]
    /// LeZO's time to MeZO's development score.
    let timesToTarget: [TimeToTarget]
    let claims: ClaimAssessments

    /// The findings of a snapshot; `claims` are assessed instead of those that the suite names.
    init(snapshot: ResultSnapshot, ledger: ClaimsLedger, claims chosen: [Claim]? = nil) {
        self.snapshot = snapshot
        self.ledger = ledger
        let ordered = snapshot.orderedCells
        cells = ordered
        names = MethodNames(of: snapshot)
        progress = SuiteProgress(of: snapshot)
        accuracy = AccuracyTable(from: snapshot)
        roundTimes = ordered.compactMap { StepTimeSummary.rounds(of: $0, in: snapshot) }
        trainingTimes = ordered.compactMap { StepTimeSummary.trainingSteps(of: $0, in: snapshot) }
        memory = MemoryTable(from: snapshot)
        gradientTimes = ordered.compactMap { GradientStepSummary(of: $0, in: snapshot) }
        speedups = StepSpeedups.all(in: snapshot)
        planSpeedups = PlanSpeedups.all(in: snapshot)
        tokenSeries = TokenSeries.all(roundTimes: roundTimes, speedups: speedups)
        origins = SpeedupOrigin.all(roundTimes: roundTimes, speedups: speedups)
        timesToTarget = TimeToTarget.all(in: snapshot, accuracy: accuracy, speedups: speedups)
        claims = ClaimAssessments(
            of: snapshot, ledger: ledger, claims: chosen, speedups: speedups, accuracy: accuracy,
            timesToTarget: timesToTarget)
    }

    /// The share of perturb and update that a paper reports for MeZO, nil when the suite names no such claim.
    var reportedOverheadShare: String? {
        namedClaims.first { $0.metric == .overheadShare && $0.method == "MeZO" && $0.tokens == nil }?
            .reportedWords
    }

    /// The speedup reported for a cell's task, for a shape that of every task; nil when the suite names no speedup.
    func reportedSpeedup(for cell: CellResult) -> String? {
        let papers = Set(namedClaims.filter { $0.metric == .speedup }.map(\.arxiv))
        let claims = ledger.claims.filter {
            $0.metric == .speedup && papers.contains($0.arxiv) && $0.relation == .above
        }
        guard cell.cell.workload.isShape else {
            return claims.first { $0.isAbout(cell.cell.workload) }?.reportedWords
        }
        let words = Set(claims.map(\.reportedWords)).sorted()
        let phrases = words.map { words in
            let tasks = claims.filter { $0.reportedWords == words }.map(\.task).sorted()
            return "\(words) (\(Figures.joined(tasks)))"
        }
        return phrases.isEmpty ? nil : Figures.joined(phrases)
    }

    /// The figures of one metric that papers named by the suite report for rows of some length.
    func reported(_ metric: ClaimMetric, tokens: Int) -> [Claim] {
        let papers = Set(namedClaims.map(\.arxiv))
        return ledger.claims.filter {
            $0.metric == metric && $0.tokens == tokens && papers.contains($0.arxiv)
        }
    }

    /// The speedups that papers named by the suite say to be exceeded, ascending.
    var claimedSpeedups: [Double] {
        let papers = Set(namedClaims.filter { $0.metric == .speedup }.map(\.arxiv))
        return Set(
            ledger.claims.filter {
                $0.metric == .speedup && $0.relation == .above && papers.contains($0.arxiv)
            }.map(\.value)
        ).sorted()
    }

    private var namedClaims: [Claim] {
        snapshot.claims.compactMap { ledger[id: $0] }
    }
}
