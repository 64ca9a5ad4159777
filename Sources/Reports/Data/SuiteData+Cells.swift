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
                "objective", "checkpoint", "first_token", "optimizer", "learning_rate_schedule",
                "warmup_steps", "weight_decay", "maximum_gradient_norm", "activations",
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
            let tuned = cell.method.tunedParameters
            let identity: [DataField?] = [
                number(of: result), row.map { DataField($0 + 1) }, DataField(cell.model.words),
                DataField(Self.weights(cell.model.weights)), DataField(cell.model.storage.rawValue),
            ]
            let steps: [DataField?] = [
                DataField(cell.plan.rawValue), DataField(cell.method.words),
                DataField(PlotWords.method(result, findings)), DataField(cell.droppedLayerCount),
                DataField(result.layerCount), DataField(result.sparsity),
                cell.method.learningRate.map { DataField($0) },
                settings.map { DataField($0.perturbationScale) },
                settings.map { DataField($0.noise.rawValue) }, tuned.map { DataField($0.spelling) },
                settings.map { DataField($0.rounding.rawValue) }, DataField(cell.schedule.steps),
                DataField(cell.batchSize), DataField(cell.schedule.evaluateEvery),
                DataField(result.layerParameterCount), DataField(result.parameterCount),
            ]
            let choices: [DataField?] = [
                DataField(cell.objective.rawValue), DataField(cell.schedule.checkpointRule.rawValue),
                DataField(cell.model.firstToken.rawValue),
            ]
            file.append(
                identity + workload + steps + Self.context(cell.method) + choices
                    + Self.fineTuning(cell.method.firstOrderSettings))
        }
        return file
    }

    /// Demonstrations, their draw and whether options are calibrated; empty for a method that trains.
    private static func context(_ method: Method) -> [DataField?] {
        let settings = method.inContextSettings
        let count = settings?.demonstrationCount ?? 0
        guard !method.takesSteps else { return [nil, nil, nil] }
        return [
            DataField(count), count > 0 ? settings.map { DataField($0.demonstrationDraw.rawValue) } : nil,
            DataField(settings?.calibrates == true ? 1 : 0),
        ]
    }

    /// What fine-tuning has and other methods have not.
    private static func fineTuning(_ settings: FirstOrderSettings?) -> [DataField?] {
        [
            settings.map { DataField($0.rule.rawValue) }, settings.map { DataField($0.decay.rawValue) },
            settings.map { DataField($0.warmupSteps) }, settings.map { DataField($0.weightDecay) },
            settings.flatMap(\.maximumGradientNorm).map { DataField($0) },
            settings.flatMap { $0.tuned == .head ? nil : DataField($0.retention.rawValue) },
        ]
    }

    private static func weights(_ origin: WeightOrigin) -> String {
        switch origin {
        case .file: "file"
        case .random(let seed): "random(\(seed))"
        }
    }
}
