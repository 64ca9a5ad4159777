import Foundation
import GRDB
import Optimizers
import Training

/// The way of a trial's outcome from its row.
enum TrialRow {
    static func status(_ row: Row) throws -> TrialStatus {
        let text: String = try row.stored("status")
        return TrialStatus(rawValue: text) ?? .planned
    }

    /// Scalars of a message; a table with thousands of longer ones would be of no use to anybody.
    private static let longestMessage = 4000

    static func failure(_ row: Row) throws -> TrialFailure? {
        let reason: String? = try row.stored("failure_reason")
        guard let reason = reason.flatMap(TrialFailure.Reason.init(rawValue:)) else { return nil }
        let message: String = try row.stored("failure_message") ?? ""
        return TrialFailure(
            reason: reason, step: try row.stored("failure_step"),
            message: String(message.unicodeScalars.prefix(longestMessage)))
    }

    static func data(_ row: Row) throws -> DataSummary? {
        let notes: String? = try row.stored("data_notes")
        guard let notes else { return nil }
        return DataSummary(
            trainExamples: try row.stored("train_examples"), devExamples: try row.stored("dev_examples"),
            testExamples: try row.stored("test_examples"),
            notes: try StoredJSON.value(
                notes, as: [String].self, in: "row \(try row.stored("id") as Int64) of the table 'trial'"),
            firstToken: try row.stored("first_token_id"))
    }

    static func summary(_ row: Row) throws -> TrialSummary? {
        let digest: String? = try row.stored("weights_digest")
        guard let digest else { return nil }
        return TrialSummary(
            steps: try row.stored("steps_done"), bestStep: try row.stored("best_step"), weightsDigest: digest,
            peakResidentBytes: try row.stored("peak_resident_bytes"), memory: try MemoryColumns.memory(row))
    }

    static func drift(_ row: Row) throws -> RestoreDrift? {
        let share: Double? = try row.stored("drift_changed_share")
        guard let share else { return nil }
        return RestoreDrift(
            maximumAbsolute: try row.stored("drift_maximum_absolute") ?? .nan,
            rootMeanSquare: try row.stored("drift_root_mean_square") ?? .nan, changedShare: share)
    }

    static func updateLoss(_ row: Row) throws -> UpdateLoss? {
        let told: Int? = try row.stored("updates_told")
        guard let told else { return nil }
        return UpdateLoss(
            updateCount: told, lostCount: try row.stored("updates_lost") ?? 0,
            intendedSumOfSquares: try row.stored("update_intended_squares") ?? .nan,
            errorSumOfSquares: try row.stored("update_error_squares") ?? .nan)
    }
}
