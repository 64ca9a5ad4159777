import Comparison
import Optimizers
import ResultStore
import Statistics
import Training

extension SuiteData {
    /// Every timing round.
    var rounds: DataFile {
        var file = DataFile(
            "rounds",
            columns: [
                "cell", "round", "position", "environment", "peak_resident_bytes", "load_before",
                "load_after", "weight_bytes", "activation_bytes", "gradient_bytes",
                "optimizer_state_bytes", "workspace_bytes", "matrix_products", "matrix_operations",
                "allocated_bytes",
            ])
        for cell in findings.cells {
            for round in cell.rounds {
                file.append(
                    [
                        number(of: cell), DataField(round.round), DataField(round.position),
                        environment(round.environmentID), DataField(round.peakResidentBytes),
                        round.load.map { DataField($0.before) }, round.load.map { DataField($0.after) },
                    ] + Self.memory(round.memory) + Self.work(round.work))
            }
        }
        return file
    }

    /// Every timed step of every round.
    var roundSteps: DataFile {
        var file = DataFile("round_steps", columns: ["cell", "round", "step"] + Self.phaseColumns)
        for cell in findings.cells {
            for round in cell.rounds {
                for step in round.steps {
                    file.append(
                        [number(of: cell), DataField(round.round), DataField(step.step)]
                            + Self.phases(step.times))
                }
            }
        }
        return file
    }

    /// Every timed step of fine-tuning of every round.
    var firstOrderRoundSteps: DataFile {
        var file = DataFile(
            "first_order_round_steps", columns: ["cell", "round", "step"] + Self.firstOrderColumns)
        for cell in findings.cells {
            for round in cell.rounds {
                for step in round.firstOrderSteps {
                    file.append(
                        [number(of: cell), DataField(round.round), DataField(step.step)]
                            + Self.fields(of: step))
                }
            }
        }
        return file
    }

    /// The comparisons of step time: LeZO over MeZO, and the fused plan over the reference plan.
    var speedups: DataFile {
        var file = DataFile(
            "speedups",
            columns: [
                "comparison", "kind", "baseline_cell", "candidate_cell", "rounds", "speedup", "low", "high",
                "overhead_share", "dropped_parameter_share", "amdahl_bound", "amdahl_low", "amdahl_high",
                "refusal",
            ])
        for (index, (kind, speedup)) in comparisons.enumerated() {
            let measurement = speedup.measurement
            let limit = speedup.limit
            let binding = speedup.bindingLimit
            let refusal: DataField? =
                if case .refused(let reason) = speedup.outcome { DataField(reason) } else { nil }
            file.append([
                DataField(index + 1), DataField(kind), number(of: speedup.baseline),
                number(of: speedup.candidate), DataField(speedup.pairs.count),
                measurement.map { DataField($0.speedup) }, measurement.map { DataField($0.interval.lower) },
                measurement.map { DataField($0.interval.upper) },
                limit.map { DataField($0.overheadShare.median) },
                limit.map { DataField($0.droppedParameterShare) }, binding.map { DataField($0.bound) },
                binding?.interval.map { DataField($0.lower) }, binding?.interval.map { DataField($0.upper) },
                refusal,
            ])
        }
        return file
    }

    /// The rounds that each comparison pairs.
    var speedupRounds: DataFile {
        var file = DataFile("speedup_rounds", columns: ["comparison", "round"])
        for (index, (_, speedup)) in comparisons.enumerated() {
            for pair in speedup.pairs {
                file.append([DataField(index + 1), DataField(pair.round)])
            }
        }
        return file
    }

    private var comparisons: [(kind: String, speedup: StepSpeedup)] {
        findings.speedups.map { ("sparse-over-dense", $0) }
            + findings.planSpeedups.map { ("fused-over-reference", $0) }
    }
}
