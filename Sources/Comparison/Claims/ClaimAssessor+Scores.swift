import ResultStore
import Statistics
import Training

extension ClaimAssessor {
    /// Test scores of the claim's method on its task, one for each model, plan and setting that ran it.
    func scores(_ claim: Claim) -> [ClaimAssessment] {
        let method = ClaimMethod(claim)
        let metric = claim.metric == .f1 ? "f1" : "accuracy"
        let rows = accuracy.rows.filter { row in
            method.isRun(by: row.representative.cell) && claim.isAbout(row.representative.cell.workload)
                && row.scores.first?.metric == metric
        }
        let assessments = rows.compactMap { row -> ClaimAssessment? in
            guard let mean = row.meanValue, let score = row.scores.first else { return nil }
            let isOne = row.scores.count == 1
            return assessment(
                of: claim,
                ClaimMeasurement(
                    cell: row.representative,
                    subject: "\(self.method(of: row.representative)), \(place(of: row.representative))",
                    value: 100 * mean, interval: row.interval?.mapped(increasing: { 100 * $0 }),
                    repetition: isOne ? (.testExample, score.exampleCount) : (.seed, row.scores.count),
                    remarks: [
                        isOne
                            ? "one seed: the interval holds the draw of test examples, not the seed's luck"
                            : "Student's t over seeds"
                    ]), seeds: row.scores.count)
        }
        return assessments.isEmpty
            ? [nothing(claim, "no \(claim.method) was tested on \(claim.task) by \(claim.metric.words)")]
            : assessments
    }

    /// LeZO's score minus MeZO's over seeds, one for each task, plan and sparsity.
    ///
    /// The verdict is that of the paired non-inferiority test at one-sided 5%, both Student's t and the exact sign flips:
    /// one seed decides nothing, whatever its interval over examples.
    func scoreChanges(_ claim: Claim) -> [ClaimAssessment] {
        let rows = accuracy.pairedRows.filter { paired in
            let cell = paired.row.representative
            return cell.cell.droppedLayerCount > 0 && claim.isAbout(cell.cell.workload)
                && (claim.sparsity.map { abs($0 - cell.sparsity) < 0.005 } ?? true)
        }
        let assessments = rows.map { paired -> ClaimAssessment in
            let change = ScoreChange(
                differences: paired.pairs.map { 100 * $0.difference }, claim: claim,
                intervalOfOnePair: paired.pairs.first?.interval.mapped(increasing: { 100 * $0 }))
            let cell = paired.row.representative
            return assessment(
                of: claim,
                ClaimMeasurement(
                    cell: cell, subject: "\(method(of: cell)) minus MeZO, \(place(of: cell))",
                    value: change.mean,
                    interval: change.interval, repetition: (.seed, paired.pairs.count),
                    obstacle: change.obstacle,
                    verdict: change.verdict, countThatWouldDecide: change.countThatWouldDecide,
                    remarks: change.remarks), seeds: paired.pairs.count)
        }
        let sparsity = claim.sparsity.map { " at sparsity \(rounded($0))" } ?? ""
        return assessments.isEmpty
            ? [
                nothing(
                    claim, "no LeZO\(sparsity) and MeZO were tested on the same examples with the same seeds")
            ]
            : assessments
    }
}
