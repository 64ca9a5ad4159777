import Foundation
import ResultStore
import Runner

extension RunPreview {
    /// The preview as a table for a person.
    ///
    /// - Parameter speed: What this machine reached, which times are estimated by.
    func text(estimatedBy speed: RuntimeProbe) -> String {
        let table = plainTable(
            ["model", "trial", "status", "steps", "data seed", "noise seed", "time left", "memory"],
            rows: rows.map { row in
                [
                    row.model, row.label, row.unavailability == nil ? row.status.rawValue : "no data",
                    row.completedSteps > 0 ? "\(row.completedSteps) of \(row.steps)" : "\(row.steps)",
                    "\(row.dataSeed)", "\(row.noiseSeed)",
                    row.seconds.map(Quantity.duration) ?? "unknown",
                    row.peakBytes.map(Quantity.bytes) ?? "unknown",
                ]
            })
        var text = rows.isEmpty ? "" : table + "\n"
        if !protocolName.isEmpty {
            let others = protocolNames.filter { $0 != protocolName }
            text +=
                "protocol \(protocolName)"
                + (others.isEmpty
                    ? "\n" : "; --protocol chooses another: \(others.joined(separator: ", "))\n")
        }
        let left = rows.count(where: \.isLeft)
        text +=
            (rows.isEmpty ? "" : "\(left) of \(rows.count) trials and ")
            + "\(roundCount) timing rounds are left for \(databasePath)"
        if let totalSeconds { text += ", which take about \(Quantity.duration(totalSeconds))" }
        if let largestPeakBytes { text += " and \(Quantity.bytes(largestPeakBytes)) of memory" }
        text += "\n"
        if totalSeconds != nil {
            text +=
                "estimated at \(Quantity.fixed(speed.gigaflops, digits: 0)) GFLOP/s of matrix products and "
                + "\(Quantity.fixed(speed.perturbedGigaelements, digits: 2)) Gaussian elements a nanosecond, just measured\n"
        }
        let reasons = Set(rows.compactMap(\.unavailability)).sorted()
        for reason in reasons {
            text += "\nno data for \(rows.count { $0.unavailability == reason }) trials: \(reason)\n"
        }
        if !missing.isEmpty {
            text += "\nmissing:\n" + missing.map { "  \($0)\n" }.joined()
        }
        return text
    }

    /// The preview as one JSON object.
    func json() throws -> String {
        let answer = Answer(
            suite: suiteName, protocol: protocolName.isEmpty ? nil : protocolName, database: databasePath,
            trials: rows, timingRounds: roundCount,
            seconds: totalSeconds, largestPeakBytes: largestPeakBytes,
            missing: missing.map(\.description))
        return try jsonLine(answer)
    }

    private struct Answer: Encodable {
        let suite: String
        let `protocol`: String?
        let database: String
        let trials: [Row]
        let timingRounds: Int
        let seconds: Double?
        let largestPeakBytes: Double?
        let missing: [String]
    }
}
