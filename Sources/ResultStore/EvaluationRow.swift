import Foundation
import GRDB
import Training

/// The way of an evaluation and its predictions to and from their rows.
enum EvaluationRow {
    /// Stores an evaluation that is not there yet.
    static func insert(_ evaluation: EvaluationRecord, trialID: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO evaluation (trial_id, step, split, loss, metric, value, exact_match, evaluation_ns)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                trialID, evaluation.step, evaluation.split.rawValue, evaluation.loss, evaluation.metric,
                evaluation.value, evaluation.exactMatch, evaluation.nanoseconds,
            ])
        let evaluationID = database.lastInsertedRowID
        // A generated text may hold a zero byte, at which SQLite's text binding would end it; a blob goes through.
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO prediction (evaluation_id, position, example, chosen_option, gold_option, gold_options,
                    option_scores, generated_text, score, exact_match)
                VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?)
                """)
        for (position, prediction) in evaluation.predictions.enumerated() {
            try statement.execute(arguments: [
                evaluationID, position, prediction.exampleID, prediction.chosenOption, prediction.goldOption,
                prediction.goldOptions.count > 1 ? try StoredJSON.text(prediction.goldOptions) : nil,
                scoresText(prediction.optionScores), prediction.text.map { Data($0.utf8) }, prediction.score,
                prediction.exactMatch,
            ])
        }
    }

    /// The evaluations of a trial with their predictions, by step and split.
    static func all(ofTrial trialID: Int64, _ database: Database) throws -> [EvaluationRecord] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM evaluation WHERE trial_id = ? ORDER BY step, split")
        let rows = try Row.fetchAll(statement, arguments: [trialID])
        return try rows.map { row in
            let split: String = try row.stored("split")
            return EvaluationRecord(
                step: try row.stored("step"), split: EvaluationSplit(rawValue: split) ?? .dev,
                loss: try row.stored("loss") ?? .nan,
                metric: try row.stored("metric"), value: try row.stored("value") ?? .nan,
                exactMatch: try row.stored("exact_match"),
                nanoseconds: try row.stored("evaluation_ns"),
                predictions: try predictions(ofEvaluation: try row.stored("id"), database))
        }
    }

    private static func predictions(ofEvaluation id: Int64, _ database: Database) throws -> [Prediction] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT example, chosen_option, gold_option, gold_options, option_scores,
                    CAST(generated_text AS BLOB) AS text_bytes, score, exact_match
                FROM prediction WHERE evaluation_id = ? ORDER BY position
                """)
        return try Row.fetchAll(statement, arguments: [id]).map { row in
            let text: Data? = try row.stored("text_bytes")
            let goldOptions: String? = try row.stored("gold_options")
            return Prediction(
                exampleID: try row.stored("example"), chosenOption: try row.stored("chosen_option"),
                goldOption: try row.stored("gold_option"),
                goldOptions: try goldOptions.map {
                    try StoredJSON.value(
                        $0, as: [Int].self, in: "a row of the table 'prediction' for evaluation \(id)")
                },
                optionScores: scores(try row.stored("option_scores")),
                text: text.map { String(decoding: $0, as: UTF8.self) },
                score: try row.stored("score") ?? .nan, exactMatch: try row.stored("exact_match"))
        }
    }

    /// Scores as a JSON array; each number is the shortest that reads back as the same float32.
    static func scoresText(_ scores: [Float]) -> String {
        "[" + scores.map { $0.isFinite ? "\($0)" : "\"\($0)\"" }.joined(separator: ",") + "]"
    }

    /// The scores of such a text.
    static func scores(_ text: String) -> [Float] {
        // By bytes: characters would have to be put together first.
        text.utf8.dropFirst().dropLast().split(separator: UInt8(ascii: ",")).map { item in
            let isQuoted = item.first == UInt8(ascii: "\"")
            return Float(Substring(isQuoted ? item.dropFirst().dropLast() : item)) ?? .nan
        }
    }
}
