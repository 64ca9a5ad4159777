import Optimizers
import ResultStore
package import Statistics
package import Training

/// One reported figure beside one figure measured here.
package struct ClaimAssessment: Sendable {
    /// The reported figure.
    package let claim: Claim
    /// What was measured: model, workload and cell in words; empty when nothing was.
    package let subject: String
    /// The measured value in the claim's unit.
    package let value: Double?
    /// Its interval in the claim's unit.
    package let interval: Interval?
    /// The verdict.
    package let verdict: ClaimVerdict
    /// What differs between the claim's circumstances and ours, in phrases.
    package let differences: [String]
    /// Whether it is on the plan that claims are judged on; others are shown beside it.
    package let isOnJudgedPlan: Bool

    /// An assessment of a measured value.
    ///
    /// - Parameter obstacle: Why the value cannot be held against the claim, or nil.
    init(
        claim: Claim, cell: CellResult, subject: String, value: Double, interval: Interval?,
        undecidedBecause obstacle: String?,
        differences: [String], toleranceFactor: Double = 1
    ) {
        self.claim = claim
        self.subject = subject
        self.value = value
        self.interval = interval
        self.differences = differences
        isOnJudgedPlan = cell.cell.plan == .reference
        if let reason = claim.mismatch(with: cell) {
            let detail =
                obstacle
                ?? interval.map {
                    ClaimVerdict.direction(of: $0, from: claim, toleranceFactor: toleranceFactor)
                }
            verdict = .notComparable(reason: reason + (detail.map { "; " + $0 } ?? ""))
        } else if let obstacle {
            verdict = .undecided(reason: obstacle)
        } else if let interval {
            verdict = ClaimVerdict(claim: claim, interval: interval, toleranceFactor: toleranceFactor)
        } else {
            verdict = .undecided(reason: "too few rounds for an interval at 95%")
        }
    }

    /// An assessment without a measured value.
    init(
        claim: Claim, subject: String = "", verdict: ClaimVerdict, differences: [String] = [],
        isOnJudgedPlan: Bool = true
    ) {
        self.claim = claim
        self.subject = subject
        value = nil
        interval = nil
        self.verdict = verdict
        self.differences = differences
        self.isOnJudgedPlan = isOnJudgedPlan
    }
}

extension Claim {
    /// Why a cell is something else than the claim is about, or nil: its plan, its model and its task.
    func mismatch(with cell: CellResult) -> String? {
        guard cell.cell.plan == .reference else {
            return
                "the \(cell.cell.plan.rawValue) plan makes other passes than the claim is about, which is judged on "
                + "the reference plan"
        }
        guard cell.cell.objective == .logLikelihood else {
            return "different objective: the metric itself, the claim is about the log-likelihood"
        }
        let model = cell.cell.model
        let named = self.model.split(separator: " ").first.map { $0.lowercased() } ?? ""
        if named == "opt" {
            guard model.isOfficialOPT else {
                return "different model: \(model.words), the claim is about OPT"
            }
        } else if named != model.name.lowercased() {
            return "different model: \(model.words), the claim is about \(self.model)"
        }
        guard !isAboutAnyTask else { return nil }
        switch cell.cell.workload {
        case .shape(_, let tokens):
            return tokens == self.tokens ? nil : "different data: random tokens, the claim is about \(task)"
        case .task(let name, _, _, _):
            return Self.folded(name) == Self.folded(task)
                ? nil : "different data: \(cell.cell.workload.words), the claim is about \(task)"
        }
    }

    /// Whether the claim is not about one task.
    var isAboutAnyTask: Bool {
        ["any", "avg"].contains(task.lowercased())
    }

    /// Whether a cell's workload is the claim's task, or rows of the claim's length, or any when the claim names none.
    package func isAbout(_ workload: Workload) -> Bool {
        if isAboutAnyTask { return true }
        switch workload {
        case .task(let name, _, _, _): return Self.folded(name) == Self.folded(task)
        case .shape(_, let tokens): return tokens == self.tokens
        }
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
