import Foundation
import GRDB
import Optimizers
import Training

/// The way of a trial's outcome from its row.
enum TrialRow {
    static func status(_ row: Row) -> TrialStatus {
        let text: String = row["status"]
        return TrialStatus(rawValue: text) ?? .planned
    }

    /// Scalars of a message; a table with thousands of longer ones would be of no use to anybody.
    private static let longestMessage = 4000

    static func failure(_ row: Row) -> TrialFailure? {
        let reason: String? = row["failure_reason"]
        guard let reason = reason.flatMap(TrialFailure.Reason.init(rawValue:)) else { return nil }
        let message: String = row["failure_message"] ?? ""
        return TrialFailure(
            reason: reason, step: row["failure_step"],
            message: String(message.unicodeScalars.prefix(longestMessage)))
    }

    static func data(_ row: Row) throws -> DataSummary? {
        let notes: String? = row["data_notes"]
        guard let notes else { return nil }
        return DataSummary(
            trainExamples: row["train_examples"], devExamples: row["dev_examples"],
            testExamples: row["test_examples"], notes: try StoredJSON.value(notes, as: [String].self),
            firstToken: row["first_token_id"])
    }

    static func summary(_ row: Row) -> TrialSummary? {
        let digest: String? = row["weights_digest"]
        guard let digest else { return nil }
        return TrialSummary(
            steps: row["steps_done"], bestStep: row["best_step"], weightsDigest: digest,
            peakResidentBytes: row["peak_resident_bytes"], memory: MemoryColumns.memory(row))
    }

    static func drift(_ row: Row) -> RestoreDrift? {
        let share: Double? = row["drift_changed_share"]
        guard let share else { return nil }
        return RestoreDrift(
            maximumAbsolute: row["drift_maximum_absolute"] ?? .nan,
            rootMeanSquare: row["drift_root_mean_square"] ?? .nan, changedShare: share)
    }

    static func updateLoss(_ row: Row) -> UpdateLoss? {
        let told: Int? = row["updates_told"]
        guard let told else { return nil }
        return UpdateLoss(
            updateCount: told, lostCount: row["updates_lost"] ?? 0,
            intendedSumOfSquares: row["update_intended_squares"] ?? .nan,
            errorSumOfSquares: row["update_error_squares"] ?? .nan)
    }
}
