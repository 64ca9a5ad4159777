import Foundation
import TestSupport
import Testing

/// Step times of a program that was held against itself, as `Fixtures/make_sandbox_rounds.py` wrote them.
struct RecordedRounds {
    /// The median step times of one round in nanoseconds.
    struct Pair {
        var baseline: Double
        var candidate: Double
    }

    /// Rounds of each cell in the order in which they were taken, cells by name.
    let cells: [[Pair]]

    /// The record of a machine, such as `busy`: builds ran on all its processors.
    init(machine: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/sandbox_rounds.csv")
        var cells: [String: [(round: Int, pair: Pair)]] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            try #require(fields.count == 5)
            guard fields[0] == machine else { continue }
            let round = try #require(Int(fields[2]))
            let pair = Pair(
                baseline: try #require(Double(fields[3])), candidate: try #require(Double(fields[4])))
            cells[String(fields[1]), default: []].append((round, pair))
        }
        try #require(!cells.isEmpty)
        self.cells = cells.sorted { $0.key < $1.key }.map { cell in
            cell.value.sorted { $0.round < $1.round }.map(\.pair)
        }
    }

    /// Rounds of one cell drawn in blocks of consecutive ones, so that drift from round to round stays in them.
    ///
    /// - Parameter slowdown: The share by which the candidate's steps are made longer.
    func draw(
        cell: Int, rounds: Int, slowdown: Double, _ generator: inout SplitMix
    ) -> [Pair] {
        let record = cells[cell]
        var drawn: [Pair] = []
        while drawn.count < rounds {
            let start = generator.integer(below: record.count)
            for offset in 0..<Self.blockLength { drawn.append(record[(start + offset) % record.count]) }
        }
        return drawn.prefix(rounds).map {
            Pair(baseline: $0.baseline, candidate: $0.candidate * (1 + slowdown))
        }
    }

    private static let blockLength = 4
}
