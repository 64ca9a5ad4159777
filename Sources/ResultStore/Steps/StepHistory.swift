import Foundation
import GRDB
import Optimizers
import Training

/// The steps of one trial: whole blocks of them in `step_block`, and the latest ones as rows of `step_row`.
///
/// Everything that reads or counts the steps of a trial comes here. Steps arrive as rows, which are small
/// transactions; whenever there are enough for a block, and when the trial is done, they are packed in the transaction
/// that they came with. So a kill leaves each step in one place, and a long trial takes little room from its beginning.
struct StepHistory {
    let path: String
    let trialID: Int64
    let database: Database

    /// All steps, ascending.
    func all() throws -> [StepRecord] {
        let blocks = try database.cachedStatement(
            sql: "SELECT * FROM step_block WHERE trial_id = ? ORDER BY first_step")
        let packed = try Row.fetchAll(blocks, arguments: [trialID]).flatMap(records)
        return packed + (try rows())
    }

    /// The number of the last step, 0 when there is none.
    func lastNumber() throws -> Int {
        let statement = try database.cachedStatement(sql: "SELECT \(Self.lastNumberSQL(ofTrial: "?1"))")
        return try Int.fetchOne(statement, arguments: [trialID]) ?? 0
    }

    /// An expression for the number of the last step of a trial, 0 when there is none.
    static func lastNumberSQL(ofTrial trialID: String) -> String {
        """
        coalesce((SELECT max(step) FROM step_row WHERE step_row.trial_id = \(trialID)),
            (SELECT max(first_step + step_count - 1) FROM step_block WHERE step_block.trial_id = \(trialID)), 0)
        """
    }

    /// One step, nil when it is not there.
    func step(_ number: Int) throws -> StepRecord? {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM step_row WHERE trial_id = ? AND step = ?",
            arguments: [trialID, number])
        if let row { return try StepRow.record(row) }
        let block = try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM step_block WHERE trial_id = ? AND first_step <= ?
                ORDER BY first_step DESC LIMIT 1
                """, arguments: [trialID, number])
        return try block.flatMap { try records($0).first { $0.step == number } }
    }

    /// Adds a step as a row.
    func insert(_ record: StepRecord) throws {
        let names = (["trial_id", "step"] + StepRow.columns).joined(separator: ", ")
        let marks = [String](repeating: "?", count: StepRow.columns.count + 2).joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO step_row (\(names)) VALUES (\(marks))")
        let key: [(any DatabaseValueConvertible)?] = [trialID, record.step]
        try statement.execute(arguments: StatementArguments(key + StepRow.values(of: record, path: path)))
    }

    /// Packs rows that fill a block.
    func packFullBlocks() throws {
        guard try rowCount() >= StepBlock.largestCount else { return }
        let rows = try rows()
        try pack(rows.prefix(rows.count / StepBlock.largestCount * StepBlock.largestCount))
    }

    /// Packs all rows, which are then gone.
    func packAll() throws { try pack(rows()[...]) }

    /// Adds steps that follow those that are there, as blocks.
    func insertPacked(_ records: [StepRecord]) throws {
        guard !records.isEmpty else { return }
        let scale = try perturbationScale()
        for start in stride(from: 0, to: records.count, by: StepBlock.largestCount) {
            do {
                let part = Array(records[start...].prefix(StepBlock.largestCount))
                try insert(StepBlock(part, perturbationScale: scale))
            } catch let error as LayersBeyondBits {
                throw error.refusal(path: path)
            }
        }
    }

    private func pack(_ records: ArraySlice<StepRecord>) throws {
        guard let last = records.last else { return }
        try insertPacked(Array(records))
        try database.execute(
            sql: "DELETE FROM step_row WHERE trial_id = ? AND step <= ?", arguments: [trialID, last.step])
    }

    /// Rows of a trial follow one another without gaps, so the first and the last tell how many there are.
    private func rowCount() throws -> Int {
        let statement = try database.cachedStatement(
            sql: "SELECT coalesce(max(step) - min(step) + 1, 0) FROM step_row WHERE trial_id = ?")
        return try Int.fetchOne(statement, arguments: [trialID]) ?? 0
    }

    private func rows() throws -> [StepRecord] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM step_row WHERE trial_id = ? ORDER BY step")
        return try Row.fetchAll(statement, arguments: [trialID]).map { try StepRow.record($0) }
    }

    // MARK: Blocks

    private static let leastNames = StepBlock.phaseNames.map { "least_\($0)" }

    private func insert(_ block: StepBlock) throws {
        let names =
            ["trial_id", "first_step", "step_count", "perturbation_scale"] + Self.leastNames
            + StepBlock.columnNames
        let values: [(any DatabaseValueConvertible)?] =
            [trialID, block.firstStep, block.stepCount, block.perturbationScale] + block.leastNanoseconds
            + StepBlock.columnNames.map { Data(block.columns[$0] ?? []) }
        let marks = [String](repeating: "?", count: names.count).joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO step_block (\(names.joined(separator: ", "))) VALUES (\(marks))")
        try statement.execute(arguments: StatementArguments(values))
    }

    private func records(_ row: Row) throws -> [StepRecord] {
        let block = StepBlock(
            firstStep: try row.stored("first_step"), stepCount: try row.stored("step_count"),
            perturbationScale: try row.stored("perturbation_scale"),
            leastNanoseconds: try Self.leastNames.map { try row.stored($0) },
            columns: try StepBlock.columnNames.reduce(into: [:]) { columns, name in
                let bytes: Data = try row.stored(name)
                columns[name] = Array(bytes)
            })
        do throws(PackedColumn.Malformed) {
            let records = try block.records()
            // As for single rows: sums over them must not overflow.
            guard records.allSatisfy({ $0.times.isPossible }) else {
                throw PackedColumn.Malformed(problem: "its times are none")
            }
            return records
        } catch {
            throw ResultStoreError(
                kind: .damaged, path: path,
                problem:
                    "the block of steps of trial \(trialID) from \(block.firstStep) on is damaged: \(error.problem)",
                advice: "restore a copy")
        }
    }

    /// ε of the trial's cell, which a block's gradients follow by; 1 where there is none.
    private func perturbationScale() throws -> Float {
        let row = try Row.fetchOne(
            database,
            sql:
                "SELECT cell.id, cell.json FROM trial JOIN cell ON cell.id = trial.cell_id WHERE trial.id = ?",
            arguments: [trialID])
        let settings = try row.map { try CellRow.cell($0, idIn: "id") }?.method.zerothOrderSettings
        return settings.map { Float($0.perturbationScale) } ?? 1
    }
}

extension PhaseTimes {
    /// Whether every phase takes between no time and eleven days.
    fileprivate var isPossible: Bool {
        [selectNanoseconds, perturbNanoseconds, forwardNanoseconds, updateNanoseconds].allSatisfy {
            (0...1_000_000_000_000_000).contains($0)
        }
    }
}
