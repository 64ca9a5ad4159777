import Foundation
import Runner

extension RunPreview {
    /// The preview as a table for a person.
    func text() -> String {
        let table = plainTable(
            ["model", "trial", "steps", "data seed", "noise seed", "time", "memory"],
            rows: rows.map { row in
                [
                    row.model, row.label, "\(row.steps)", "\(row.dataSeed)", "\(row.noiseSeed)",
                    row.seconds.map(TerminalProgress.duration) ?? "unknown",
                    row.peakBytes.map(Quantity.bytes) ?? "unknown",
                ]
            })
        var text = rows.isEmpty ? "" : table + "\n"
        text += "\(rows.count) trials and \(roundCount) timing rounds into \(databasePath)"
        if let totalSeconds { text += ", about \(TerminalProgress.duration(totalSeconds)) in all" }
        text += "\n"
        if !missing.isEmpty {
            text += "\nmissing:\n" + missing.map { "  \($0)\n" }.joined()
        }
        return text
    }

    /// The preview as one JSON object.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(
            suite: suiteName, database: databasePath, trials: rows, timingRounds: roundCount,
            seconds: totalSeconds,
            missing: missing.map(\.description))
        return String(decoding: try encoder.encode(answer), as: UTF8.self) + "\n"
    }

    private struct Answer: Encodable {
        let suite: String
        let database: String
        let trials: [Row]
        let timingRounds: Int
        let seconds: Double?
        let missing: [String]
    }
}
