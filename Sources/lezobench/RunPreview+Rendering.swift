import Foundation
import ResultStore
import Runner

extension RunPreview {
    /// The preview as a table for a person.
    func text() -> String {
        let table = plainTable(
            ["model", "trial", "status", "steps", "data seed", "noise seed", "time left", "memory"],
            rows: rows.map { row in
                [
                    row.model, row.label, row.status.rawValue,
                    row.completedSteps > 0 ? "\(row.completedSteps) of \(row.steps)" : "\(row.steps)",
                    "\(row.dataSeed)", "\(row.noiseSeed)",
                    row.seconds.map(Quantity.duration) ?? "unknown",
                    row.peakBytes.map(Quantity.bytes) ?? "unknown",
                ]
            })
        var text = rows.isEmpty ? "" : table + "\n"
        text +=
            "\(rows.count { $0.status != .done }) of \(rows.count) trials and \(roundCount) timing rounds are left "
            + "for \(databasePath)"
        if let totalSeconds { text += ", which take about \(Quantity.duration(totalSeconds))" }
        if let largestPeakBytes { text += " and \(Quantity.bytes(largestPeakBytes)) of memory" }
        text += "\n"
        if !missing.isEmpty {
            text += "\nmissing:\n" + missing.map { "  \($0)\n" }.joined()
        }
        return text
    }

    /// The preview as one JSON object.
    func json() throws -> String {
        let answer = Answer(
            suite: suiteName, database: databasePath, trials: rows, timingRounds: roundCount,
            seconds: totalSeconds, largestPeakBytes: largestPeakBytes,
            missing: missing.map(\.description))
        return try jsonLine(answer)
    }

    private struct Answer: Encodable {
        let suite: String
        let database: String
        let trials: [Row]
        let timingRounds: Int
        let seconds: Double?
        let largestPeakBytes: Double?
        let missing: [String]
    }
}
