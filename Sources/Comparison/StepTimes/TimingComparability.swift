import LanguageModels
import Optimizers
import RandomStreams
import Training

/// What two cells must share before their times are compared: all but the dropped layers and the step sizes.
struct TimingComparability: Hashable {
    private var model: ModelReference
    var workload: Workload
    private var plan: ExecutionPlan
    private var batchSize: Int
    private var noise: NoiseDistribution
    private var tuned: TunedParameters
    private var rounding: UpdateRounding
    private var objective: TrainingObjective

    /// What a cell brings to a comparison of step times; nil when it takes no steps.
    init?(_ cell: Cell) {
        guard let settings = cell.method.zerothOrderSettings else { return nil }
        model = cell.model
        workload = cell.workload
        plan = cell.plan
        batchSize = cell.batchSize
        noise = settings.noise
        tuned = settings.tuned
        rounding = settings.rounding
        objective = cell.objective
    }
}
