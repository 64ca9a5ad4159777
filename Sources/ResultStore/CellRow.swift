import Foundation
import GRDB
import LanguageModels
import Optimizers
import RandomStreams
import Suites
import Tasks
import Training

/// The way of a cell to and from its row.
enum CellRow {
    /// The row id of a cell, which is stored when it is new.
    static func id(of plan: CellToPlan, in database: Database) throws -> Int64 {
        let columns = try columns(of: plan)
        let names = columns.map(\.0).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        // Sizes may become known later.
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO cell (\(names)) VALUES (\(marks))
                ON CONFLICT (json) DO UPDATE SET
                    layer_parameter_count = max(layer_parameter_count, excluded.layer_parameter_count),
                    parameter_count = max(parameter_count, excluded.parameter_count)
                RETURNING id
                """)
        return try Int64.fetchOne(statement, arguments: StatementArguments(columns.map(\.1))) ?? 0
    }

    /// The cell in a row that has the column `json`.
    ///
    /// - Parameter column: The one with the id that the cell has in its own table.
    static func cell(_ row: Row, idIn column: String) throws -> Cell {
        let id: Int64 = try row.stored(column)
        return try StoredJSON.value(
            try row.stored("json"), as: Cell.self, in: "row \(id) of the table 'cell'")
    }

    private typealias Column = (String, (any DatabaseValueConvertible)?)

    private static func columns(of plan: CellToPlan) throws -> [Column] {
        let cell = plan.cell
        var columns: [Column] = [
            ("model", cell.model.name), ("weights", weights(cell.model.weights)),
            ("storage", cell.model.storage.rawValue), ("first_token", cell.model.firstToken.rawValue),
            ("layer_count", plan.layerCount), ("plan", cell.plan.rawValue), ("steps", cell.schedule.steps),
            ("batch_size", cell.schedule.batchSize), ("eval_every", cell.schedule.evaluateEvery),
            ("objective", cell.objective.rawValue), ("checkpoint", cell.schedule.checkpointRule.rawValue),
            ("layer_parameter_count", plan.layerParameterCount), ("parameter_count", plan.parameterCount),
            ("json", try TrialIdentity.canonicalJSON(cell)),
        ]
        switch cell.workload {
        case .task(let name, let trainExamples, let devExamples, let testExamples):
            columns += [
                ("task", name), ("titles", titles(ofTask: name)), ("train_examples", trainExamples),
                ("dev_examples", devExamples),
                ("test_examples", testExamples),
            ]
        case .shape(let batchSize, let tokens):
            columns += [("shape_batch", batchSize), ("shape_tokens", tokens)]
        }
        switch cell.method {
        case .zeroShot:
            columns += [("method", "zero-shot"), ("calibrated", 0)]
        case .inContext(let settings):
            let count = settings.demonstrationCount
            columns += [
                ("method", count == 0 ? "zero-shot" : "in-context"),
                ("calibrated", settings.calibrates ? 1 : 0),
                ("demonstrations", count == 0 ? nil : count),
                ("demonstration_draw", count == 0 ? nil : settings.demonstrationDraw.rawValue),
            ]
        case .linearProbe: columns.append(("method", "linear-probing"))
        case .zerothOrder(let settings):
            let dropped = settings.droppedLayerCount
            columns += [
                ("method", dropped == 0 ? "mezo" : "lezo"), ("dropped_layers", dropped),
                ("sparsity", plan.layerCount == 0 ? nil : Double(dropped) / Double(plan.layerCount)),
                ("learning_rate", settings.learningRate), ("perturbation_scale", settings.perturbationScale),
                ("noise", settings.noise.rawValue), ("tuned", settings.tuned.spelling),
                ("rounding", settings.rounding.rawValue),
            ]
        case .firstOrder(let settings):
            columns += [
                ("method", "fine-tuning"), ("optimizer", settings.rule.rawValue),
                ("learning_rate", settings.learningRate),
                ("learning_rate_schedule", settings.decay.rawValue), ("warmup_steps", settings.warmupSteps),
                ("weight_decay", settings.weightDecay),
                ("maximum_gradient_norm", settings.maximumGradientNorm),
                // Where the head alone is tuned, none are kept or computed again.
                ("activations", settings.tuned == .head ? nil : settings.retention.rawValue),
                ("tuned", settings.tuned.spelling),
            ]
        }
        return columns
    }

    /// Whether the titles of a task's texts are cut or kept; nil where there are none.
    private static func titles(ofTask name: String) -> String? {
        if TaskCatalog.titledTasks.keys.contains(name) { return "cut" }
        return TaskCatalog.titledTasks.values.contains(name) ? "kept" : nil
    }

    private static func weights(_ origin: WeightOrigin) -> String {
        switch origin {
        case .file: "file"
        case .random(let seed): "random(\(seed))"
        }
    }
}
