import ResultStore
import Statistics
import Training

extension ClaimAssessor {
    /// Means over tasks of the claim's method, one for each model, plan and setting that ran it on all tasks of the suite.
    func averages(_ claim: Claim) -> [ClaimAssessment] {
        let method = ClaimMethod(claim)
        let formed = MacroAverages.all(in: accuracy).flatMap { model in
            model.methods.filter { method.isRun(by: $0.representative.cell) }
        }
        let assessments = formed.compactMap { average -> ClaimAssessment? in
            guard let value = average.average else { return nil }
            return assessment(of: claim, average, value: value)
        }
        if !assessments.isEmpty { return assessments }
        let missing = formed.first.map { $0.missingTasks.joined(separator: ", ") }
        return [
            nothing(
                claim,
                missing.map {
                    "\(claim.method) has no score on \($0), and an average over fewer tasks says nothing"
                }
                    ?? "no \(claim.method) was tested on several tasks")
        ]
    }

    private func assessment(
        of claim: Claim, _ average: MacroAverage, value: Double
    ) -> ClaimAssessment {
        let cell = average.representative
        let seeds = average.rows.map(\.scores.count).min() ?? 0
        let examples = average.rows.compactMap(\.scores.first?.exampleCount).reduce(0, +)
        let measurement = ClaimMeasurement(
            cell: cell,
            subject: "\(method(of: cell)) over \(average.rows.count) tasks, \(cell.cell.model.words)",
            value: 100 * value, interval: average.interval?.mapped(increasing: { 100 * $0 }),
            repetition: seeds > 1 ? (.seed, seeds) : (.testExample, examples),
            remarks: seeds > 1
                ? [] : ["one seed: the interval holds the draw of test examples, not the seed's luck"])
        let reasons = [
            circumstances.mismatch(of: cell, with: claim), taskMismatch(average, claim),
            average.rows.contains { !circumstances.subsetNotes($0.representative).isEmpty }
                ? "only a subset of the data of a task" : nil,
        ].compactMap { $0 }
        return ClaimAssessment(
            claim: claim, measurement: measurement,
            mismatch: reasons.isEmpty ? nil : reasons.joined(separator: "; "),
            differences: circumstances.differences(of: cell, from: claim, seeds: seeds))
    }

    /// Why an average is over other tasks than the claim's, or nil.
    private func taskMismatch(_ average: MacroAverage, _ claim: Claim) -> String? {
        let claimed = ledger.tasks(behind: claim)
        guard !claimed.isEmpty else {
            return "the ledger does not have the tasks behind the reported average"
        }
        let ours = average.rows.compactMap(\.representative.cell.workload.taskName)
        func isAmong(_ task: String, _ names: [String]) -> Bool {
            names.contains { Claim.folded($0) == Claim.folded(task) }
        }
        let missing = claimed.filter { !isAmong($0, ours) }
        let added = ours.filter { !isAmong($0, claimed) }
        let parts = [
            missing.isEmpty ? nil : "without \(missing.joined(separator: ", "))",
            added.isEmpty ? nil : "with \(added.joined(separator: ", "))",
        ].compactMap { $0 }
        return parts.isEmpty
            ? nil
            : "different data: the average is \(parts.joined(separator: " and ")) beside the claim's tasks"
    }
}
