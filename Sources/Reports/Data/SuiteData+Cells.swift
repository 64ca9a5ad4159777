import Comparison
import LanguageModels
import Optimizers
import RandomStreams
import ResultStore
import Tasks
import Training

extension SuiteData {
    /// The matrix, one row a cell.
    ///
    /// `row` counts what stands for choice against one another (learning rates of one method on one task); it is empty
    /// for shapes.
    var cells: DataFile {
        var file = DataFile(
            "cells",
            columns: [
                "cell", "row", "model", "weights", "storage", "task", "workload", "shape_batch",
                "shape_tokens", "plan",
                "method", "label", "dropped_layers", "layer_count", "sparsity", "learning_rate",
                "perturbation_scale", "noise", "tuned", "rounding", "steps", "batch_size", "eval_every",
                "layer_parameter_count", "parameter_count", "demonstrations", "demonstration_draw",
                "calibrated",
                "objective", "checkpoint", "first_token",
            ])
        for result in findings.cells {
            let cell = result.cell
            let settings = cell.method.zerothOrderSettings
            let row = findings.accuracy.rows.firstIndex { $0.cells.contains { $0.id == result.id } }
            let workload: [DataField?] =
                switch cell.workload {
                case .task(let name, _, _, _): [DataField(name), DataField(cell.workload.words), nil, nil]
                case .shape(let batchSize, let tokens):
                    [nil, DataField(cell.workload.words), DataField(batchSize), DataField(tokens)]
                }
            file.append(
                [
                    number(of: result), row.map { DataField($0 + 1) }, DataField(cell.model.words),
                    DataField(Self.weights(cell.model.weights)), DataField(cell.model.storage.rawValue),
                ] + workload + [
                    DataField(cell.plan.rawValue), DataField(cell.method.words),
                    DataField(PlotWords.method(result, findings)), DataField(cell.droppedLayerCount),
                    DataField(result.layerCount), DataField(result.sparsity),
                    settings.map { DataField($0.learningRate) },
                    settings.map { DataField($0.perturbationScale) },
                    settings.map { DataField($0.noise.rawValue) },
                    settings.map { DataField($0.tuned.rawValue) },
                    settings.map { DataField($0.rounding.rawValue) }, DataField(cell.schedule.steps),
                    DataField(cell.batchSize), DataField(cell.schedule.evaluateEvery),
                    DataField(result.layerParameterCount), DataField(result.parameterCount),
                ] + Self.context(cell.method) + [
                    DataField(cell.objective.rawValue), DataField(cell.schedule.checkpointRule.rawValue),
                    DataField(cell.model.firstToken.rawValue),
                ])
        }
        return file
    }

    /// Demonstrations, their draw and whether options are calibrated; empty for a method that trains.
    private static func context(_ method: Method) -> [DataField?] {
        let settings = method.inContextSettings
        let count = settings?.demonstrationCount ?? 0
        guard method.zerothOrderSettings == nil else { return [nil, nil, nil] }
        return [
            DataField(count), count > 0 ? settings.map { DataField($0.demonstrationDraw.rawValue) } : nil,
            DataField(settings?.calibrates == true ? 1 : 0),
        ]
    }

    private static func weights(_ origin: WeightOrigin) -> String {
        switch origin {
        case .file: "file"
        case .random(let seed): "random(\(seed))"
        }
    }
}
