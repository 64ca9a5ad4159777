import LanguageModels
import Optimizers
import RandomStreams
import Tasks
import Training

/// What a suite file says under one protocol, checked but not yet multiplied out.
struct SuiteDocument {
    /// A model of the matrix.
    struct Model {
        var reference: ModelReference
        var isOptional: Bool
    }

    /// A task or shape of the matrix.
    struct WorkloadEntry {
        var workload: Workload
        /// Accepted file names of a task's data; empty for a shape.
        var archives: [String]
        var isOptional: Bool
        /// The methods of this entry; the suite's when nil.
        var methods: [MethodAxes]?
        /// The plans of this entry; the suite's when nil.
        var plans: [ExecutionPlan]?
        /// The schedule of this entry; the suite's when nil.
        var schedule: TrainingSchedule?
    }

    /// How many layers a method leaves out.
    enum Layers {
        /// None: MeZO.
        case none
        /// A share of the model's layers.
        case sparsity(Double)
        /// A count.
        case count(Int)

        /// The count for a model of `layerCount` layers: a share is rounded, halves up.
        func dropped(of layerCount: Int) -> Int {
            switch self {
            case .none: return 0
            case .count(let count): return count
            case .sparsity(let share):
                // The tiny amount makes 0.285 of 100 layers the 28.5 that was meant.
                return Int((share * Double(layerCount) + 0.5 + 1e-9).rounded(.down))
            }
        }
    }

    /// The inner axes of MeZO or LeZO.
    struct ZerothOrderAxes {
        /// `mezo` or `lezo`.
        var name: String
        var layers: [Layers]
        var learningRates: [Double]
        var perturbationScales: [Double]
        var noises: [NoiseDistribution]
        var tuned: [TunedParameters]
        var roundings: [UpdateRounding]
        var objectives: [TrainingObjective]
    }

    /// The inner axes of fine-tuning by gradients.
    struct FirstOrderAxes {
        /// One for each combination, learning rates innermost.
        var settings: [FirstOrderSettings]
        /// Its own schedule; that of the task or the suite when nil.
        var schedule: TrainingSchedule?
    }

    /// The inner axes of an evaluation with demonstrations, with calibration, or with neither: zero-shot.
    struct ContextAxes {
        /// `zero-shot` or `in-context`.
        var name: String
        var demonstrationCounts: [Int]
        var calibrations: [Bool]
        var draws: [DemonstrationDraw]

        /// One method for each combination; how none are drawn is no choice.
        var methods: [Method] {
            unique(
                demonstrationCounts.flatMap { count in
                    draws.flatMap { draw in
                        calibrations.map { Self.method(count: count, calibrates: $0, draw: draw) }
                    }
                })
        }

        private static func method(count: Int, calibrates: Bool, draw: DemonstrationDraw) -> Method {
            if count == 0, !calibrates { return .zeroShot }
            return .inContext(
                InContextSettings(
                    demonstrationCount: count, calibrates: calibrates, demonstrationDraw: draw))
        }
    }

    /// A method of the matrix with its inner axes.
    enum MethodAxes {
        case context(ContextAxes)
        case linearProbe
        case zerothOrder(ZerothOrderAxes)
        case firstOrder(FirstOrderAxes)

        /// Whether it changes the parameters.
        var takesSteps: Bool {
            switch self {
            case .context, .linearProbe: false
            case .zerothOrder, .firstOrder: true
            }
        }

        /// Its own schedule; that of the task or the suite when nil.
        var schedule: TrainingSchedule? {
            if case .firstOrder(let axes) = self { axes.schedule } else { nil }
        }

        /// Whether all its points compare calibrated options.
        var onlyCalibrates: Bool {
            if case .context(let axes) = self { !axes.calibrations.contains(false) } else { false }
        }

        /// Whether some of its points optimise the metric.
        var optimisesMetric: Bool {
            if case .zerothOrder(let axes) = self { axes.objectives.contains(.metric) } else { false }
        }
    }

    var name: String
    var title: String
    var claims: [String]
    var usesSandbox: Bool
    var models: [Model]
    var work: [WorkloadEntry]
    var methods: [MethodAxes]
    var plans: [ExecutionPlan]
    /// Nil where nothing is trained, or each task has its own.
    var schedule: TrainingSchedule?
    var dataSeeds: [UInt32]
    var noiseSeeds: [UInt64]
    var timing: TimingProtocol?

    /// The methods of an entry.
    func methods(of entry: WorkloadEntry) -> [MethodAxes] { entry.methods ?? methods }
}
