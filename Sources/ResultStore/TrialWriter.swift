import GRDB
import Optimizers
import Provenance
import Training

/// Writes the events of one trial within a transaction.
struct TrialWriter {
    let path: String
    let trialID: Int64
    let database: Database
    /// The moment that rows are marked with, in nanoseconds since 1970 in UTC.
    let now: Int64

    private var steps: StepHistory { StepHistory(path: path, trialID: trialID, database: database) }

    func begin(environmentID: Int64, load: LoadSample) throws {
        let status = try self.status()
        guard status != .done else {
            throw ResultStoreError.conflict(
                path, "trial \(trialID) is done and was to begin again",
                advice: "plan it first and skip what is done")
        }
        try closeAttempt(outcome: "abandoned", message: nil)
        try setStatus(.running)
        try database.execute(
            sql: "UPDATE trial SET environment_id = ? WHERE id = ?", arguments: [environmentID, trialID])
        try database.execute(
            sql: """
                INSERT INTO attempt (trial_id, environment_id, steps_before, begun_ns, load_before, load_average_before)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                trialID, environmentID, try steps.lastNumber(), now, try StoredJSON.text(load),
                load.loadAverage1,
            ])
    }

    func end(load: LoadSample) throws {
        _ = try status()
        try database.execute(
            sql: """
                UPDATE attempt SET load_after = ?, load_average_after = ?
                WHERE id = (SELECT max(id) FROM attempt WHERE trial_id = ?)
                """, arguments: [try StoredJSON.text(load), load.loadAverage1, trialID])
    }

    func resetToPlanned() throws {
        guard try status() != .done else { return }
        try closeAttempt(outcome: "abandoned", message: nil)
        try setStatus(.planned)
    }

    func append(_ events: [TrialEvent]) throws {
        _ = try status()
        var last = try lastStep()
        for event in events {
            switch event {
            // The run checks these facts against the environment, which is stored already; no run rebuilds weights.
            case .started, .rebuilt: break
            case .ready(let summary): try store(summary)
            case .step(let record): try store(record, last: &last)
            case .firstOrderStep(let record): try store(record, last: &last)
            case .evaluation(let evaluation): try store(evaluation)
            case .drift(let drift): try store(drift)
            case .updateLoss(let loss): try store(loss)
            case .finished(let summary): try finish(summary, last: last)
            case .interrupted:
                try setStatus(.interrupted)
                try closeAttempt(outcome: TrialStatus.interrupted.rawValue, message: nil)
            case .failed(let failure): try fail(failure)
            }
        }
        try steps.packFullBlocks()
    }

    private func store(_ summary: DataSummary) throws {
        try database.execute(
            sql: """
                UPDATE trial SET train_examples = ?, dev_examples = ?, test_examples = ?, data_notes = ?,
                    first_token_id = ? WHERE id = ?
                """,
            arguments: [
                summary.trainExamples, summary.devExamples, summary.testExamples,
                try StoredJSON.text(summary.notes), summary.firstToken, trialID,
            ])
    }

    private func store(_ record: StepRecord, last: inout Int) throws {
        try checkOrder(of: record.step, last: last)
        guard record.step > last else {
            return try check(
                steps.step(record.step)?.hasSameNumbers(as: record), step: record.step,
                what: "seeds, layers or losses")
        }
        try steps.insert(record)
        last = record.step
    }

    private func store(_ record: FirstOrderStepRecord, last: inout Int) throws {
        try checkOrder(of: record.step, last: last)
        guard record.step > last else {
            let row = try StepTable.fineTuning.row(of: trialID, step: record.step, database)
            return try check(
                row.map { try FirstOrderStepRow.record($0) }?.hasSameNumbers(as: record), step: record.step,
                what: "losses, gradients or learning rates")
        }
        try StepTable.fineTuning.insert(
            FirstOrderStepRow.values(of: record), step: record.step, of: trialID, database)
        last = record.step
    }

    private func checkOrder(of step: Int, last: Int) throws {
        guard step <= last + 1 else {
            throw ResultStoreError.conflict(
                path, "step \(step) of trial \(trialID) came after step \(last)",
                advice: "store its steps without gaps")
        }
    }

    /// A step that is there already must say the same; nil when it is there in another table alone.
    private func check(_ agrees: Bool?, step: Int, what: String) throws {
        guard agrees == true else {
            throw ResultStoreError.conflict(
                path, "step \(step) of trial \(trialID) is stored with other \(what)",
                advice: "the trial did not repeat itself; record it in a new database and compare the two")
        }
    }

    private func store(_ evaluation: EvaluationRecord) throws {
        let row = try Row.fetchOne(
            database, sql: "SELECT loss, value FROM evaluation WHERE trial_id = ? AND step = ? AND split = ?",
            arguments: [trialID, evaluation.step, evaluation.split.rawValue])
        guard let row else { return try EvaluationRow.insert(evaluation, trialID: trialID, database) }
        let loss: Double = try row.stored("loss") ?? .nan
        let value: Double = try row.stored("value") ?? .nan
        guard isSame(loss, evaluation.loss), isSame(value, evaluation.value) else {
            throw ResultStoreError.conflict(
                path,
                "the \(evaluation.split.rawValue) evaluation at step \(evaluation.step) of trial \(trialID) is stored "
                    + "with loss \(loss) and value \(value), not \(evaluation.loss) and \(evaluation.value)",
                advice: "the trial did not repeat itself; record it in a new database and compare the two")
        }
    }

    private func isSame(_ first: Double, _ second: Double) -> Bool {
        first == second || (first.isNaN && second.isNaN)
    }

    private func store(_ drift: RestoreDrift) throws {
        try database.execute(
            sql: """
                UPDATE trial SET drift_maximum_absolute = ?, drift_root_mean_square = ?, drift_changed_share = ?
                WHERE id = ?
                """, arguments: [drift.maximumAbsolute, drift.rootMeanSquare, drift.changedShare, trialID])
    }

    private func store(_ loss: UpdateLoss) throws {
        try database.execute(
            sql: """
                UPDATE trial SET updates_told = ?, updates_lost = ?, update_intended_squares = ?,
                    update_error_squares = ? WHERE id = ?
                """,
            arguments: [
                loss.updateCount, loss.lostCount, loss.intendedSumOfSquares, loss.errorSumOfSquares, trialID,
            ])
    }

    private func finish(_ summary: TrialSummary, last: Int) throws {
        guard summary.steps == last else {
            throw ResultStoreError.conflict(
                path, "trial \(trialID) ended after \(summary.steps) steps, but \(last) are stored",
                advice: "store every step before the end")
        }
        try steps.packAll()
        try setStatus(.done)
        try database.execute(
            sql: """
                UPDATE trial SET steps_done = ?, best_step = ?, weights_digest = ?,
                    peak_resident_bytes = max(coalesce(peak_resident_bytes, 0), ?),
                    \(MemoryColumns.names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?
                """,
            arguments: StatementArguments(
                [summary.steps, summary.bestStep, summary.weightsDigest, summary.peakResidentBytes]
                    + MemoryColumns.values(of: summary.memory) + [trialID]))
        try closeAttempt(outcome: TrialStatus.done.rawValue, message: nil)
    }

    private func fail(_ failure: TrialFailure) throws {
        try setStatus(.failed)
        try database.execute(
            sql: "UPDATE trial SET failure_reason = ?, failure_step = ?, failure_message = ? WHERE id = ?",
            arguments: [failure.reason.rawValue, failure.step, failure.message, trialID])
        try closeAttempt(outcome: TrialStatus.failed.rawValue, message: failure.message)
    }

    /// Sets the status and clears an earlier failure, which its attempt keeps.
    private func setStatus(_ status: TrialStatus) throws {
        try database.execute(
            sql: """
                UPDATE trial SET status = ?, failure_reason = NULL, failure_step = NULL, failure_message = NULL
                WHERE id = ?
                """, arguments: [status.rawValue, trialID])
    }

    private func closeAttempt(outcome: String, message: String?) throws {
        try database.execute(
            sql:
                "UPDATE attempt SET ended_ns = ?, outcome = ?, message = ? WHERE trial_id = ? AND ended_ns IS NULL",
            arguments: [now, outcome, message, trialID])
    }

    private func status() throws -> TrialStatus {
        let row = try Row.fetchOne(
            database, sql: "SELECT status FROM trial WHERE id = ?", arguments: [trialID])
        guard let row else {
            throw ResultStoreError.unknownRow(path, "there is no trial \(trialID) in this database")
        }
        return try TrialRow.status(row)
    }

    private func lastStep() throws -> Int {
        max(try steps.lastNumber(), try StepTable.fineTuning.lastStep(of: trialID, database))
    }
}
