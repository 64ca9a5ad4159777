import Comparison
import Kernels
import Optimizers
import ResultStore
import Statistics
import Training

extension SuiteData {
    /// Every planned trial with its end.
    var trials: DataFile {
        var file = DataFile(
            "trials",
            columns: [
                "trial", "cell", "data_seed", "noise_seed", "status", "failure_reason", "failure_step",
                "steps_done", "best_step", "weights_sha256", "peak_resident_bytes", "environment",
                "first_token_id", "weight_bytes", "activation_bytes", "gradient_bytes",
                "optimizer_state_bytes", "workspace_bytes",
            ])
        for (cell, trial) in cellTrials {
            let summary = trial.summary
            file.append(
                [
                    number(of: trial), number(of: cell), DataField(trial.dataSeed),
                    DataField(trial.noiseSeed),
                    DataField(trial.status.rawValue), trial.failure.map { DataField($0.reason.rawValue) },
                    trial.failure?.step.map { DataField($0) },
                    DataField(summary?.steps ?? trial.lastStep),
                    summary.map { DataField($0.bestStep) }, summary.map { DataField($0.weightsDigest) },
                    summary.map { DataField($0.peakResidentBytes) }, environment(trial.environmentID),
                    trial.data?.firstToken.map { DataField($0) },
                ] + Self.memory(summary?.memory))
        }
        return file
    }

    /// Every training step, with what is needed to replay it.
    var steps: DataFile {
        var file = DataFile(
            "steps",
            columns: [
                "trial", "step", "seed", "loss_plus", "loss_minus", "projected_gradient", "dropped_layers",
            ]
                + Self.phaseColumns)
        for (_, trial) in cellTrials {
            for step in trial.steps {
                file.append(
                    [
                        number(of: trial), DataField(step.step), DataField(step.seed),
                        DataField(step.lossPlus),
                        DataField(step.lossMinus), DataField(step.projectedGradient),
                        DataField(step.droppedLayers.map(String.init).joined(separator: " ")),
                    ] + Self.phases(step.times))
            }
        }
        return file
    }

    /// Every training step of fine-tuning.
    var firstOrderSteps: DataFile {
        var file = DataFile("first_order_steps", columns: ["trial", "step"] + Self.firstOrderColumns)
        for (_, trial) in cellTrials {
            for step in trial.firstOrderSteps {
                file.append([number(of: trial), DataField(step.step)] + Self.fields(of: step))
            }
        }
        return file
    }

    /// Every evaluation.
    var evaluations: DataFile {
        var file = DataFile(
            "evaluations",
            columns: [
                "trial", "step", "split", "metric", "value", "loss", "examples", "evaluation_ns",
                "exact_match",
            ])
        for (_, trial) in cellTrials {
            for evaluation in trial.evaluations {
                file.append([
                    number(of: trial), DataField(evaluation.step), DataField(evaluation.split.rawValue),
                    DataField(evaluation.metric), DataField(evaluation.value), DataField(evaluation.loss),
                    DataField(evaluation.predictions.count), DataField(evaluation.nanoseconds),
                    evaluation.exactMatch.map { DataField($0) },
                ])
            }
        }
        return file
    }

    /// The score of every test example.
    var testAnswers: DataFile {
        var file = DataFile(
            "test_answers",
            columns: ["trial", "step", "example", "chosen_option", "gold_option", "score", "exact_match"])
        for (_, trial) in cellTrials {
            for evaluation in trial.evaluations where evaluation.split == .test {
                for answer in evaluation.predictions {
                    file.append([
                        number(of: trial), DataField(evaluation.step), DataField(answer.exampleID),
                        answer.chosenOption.map { DataField($0) }, answer.goldOption.map { DataField($0) },
                        DataField(answer.score), answer.exactMatch.map { DataField($0) },
                    ])
                }
            }
        }
        return file
    }

    /// The test scores of the chosen learning rates with their intervals: figures made from the files above.
    var scores: DataFile {
        var file = DataFile(
            "scores",
            columns: [
                "row", "cell", "trial", "step", "metric", "value", "low", "high", "examples",
                "most_frequent_answer_share",
            ])
        for (index, row) in findings.accuracy.rows.enumerated() {
            for score in row.scores {
                file.append([
                    DataField(index + 1), number(of: row.representative), number(of: score.trial),
                    DataField(score.step), DataField(score.metric), DataField(score.value),
                    score.interval.map { DataField($0.lower) }, score.interval.map { DataField($0.upper) },
                    DataField(score.exampleCount), score.majorityShare.map { DataField($0) },
                ])
            }
        }
        return file
    }

    static let phaseColumns = ["select_ns", "perturb_ns", "forward_ns", "update_ns"]

    static func phases(_ times: PhaseTimes) -> [DataField?] {
        [
            DataField(times.selectNanoseconds), DataField(times.perturbNanoseconds),
            DataField(times.forwardNanoseconds), DataField(times.updateNanoseconds),
        ]
    }

    static let firstOrderColumns = [
        "loss", "gradient_norm", "learning_rate", "forward_ns", "backward_ns", "update_ns",
    ]

    static func fields(of step: FirstOrderStepRecord) -> [DataField?] {
        [
            DataField(step.loss), DataField(step.gradientNorm), DataField(step.learningRate),
            DataField(step.forwardNanoseconds), DataField(step.backwardNanoseconds),
            DataField(step.updateNanoseconds),
        ]
    }

    /// The parts of memory; empty where they were not recorded.
    static func memory(_ use: MemoryUse?) -> [DataField?] {
        [
            use?.weightBytes, use?.activationBytes, use?.gradientBytes, use?.optimizerStateBytes,
            use?.workspaceBytes,
        ].map { $0.map { DataField($0) } }
    }

    /// Counted work; empty where it was not recorded.
    static func work(_ work: CountedWork?) -> [DataField?] {
        [work?.matrixProducts, work?.matrixOperations, work?.allocatedBytes].map { $0.map { DataField($0) } }
    }

    private var cellTrials: [(CellResult, TrialResult)] {
        findings.cells.flatMap { cell in cell.trials.map { (cell, $0) } }
    }
}
