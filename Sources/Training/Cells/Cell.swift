package import Optimizers

/// One point of a suite's matrix without its seeds.
///
/// In JSON an objective that is the default is left out, so that a cell is known again by what it was before there was
/// a choice.
package struct Cell: Sendable, Hashable, Codable {
    /// The model.
    package var model: ModelReference
    /// The data.
    package var workload: Workload
    /// The optimizer.
    package var method: Method
    /// The execution plan.
    package var plan: ExecutionPlan
    /// The schedule; zero steps for a method that takes none.
    package var schedule: TrainingSchedule
    /// What steps make smaller; the default for a method that takes none.
    package var objective: TrainingObjective

    /// A cell from all its parts.
    package init(
        model: ModelReference, workload: Workload, method: Method, plan: ExecutionPlan,
        schedule: TrainingSchedule, objective: TrainingObjective = .logLikelihood
    ) {
        self.model = model
        self.workload = workload
        self.method = method
        self.plan = plan
        self.schedule = schedule
        self.objective = objective
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        model = try values.decode(ModelReference.self, forKey: .model)
        workload = try values.decode(Workload.self, forKey: .workload)
        method = try values.decode(Method.self, forKey: .method)
        plan = try values.decode(ExecutionPlan.self, forKey: .plan)
        schedule = try values.decode(TrainingSchedule.self, forKey: .schedule)
        objective =
            try values.decodeIfPresent(TrainingObjective.self, forKey: .objective) ?? .logLikelihood
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(model, forKey: .model)
        try values.encode(workload, forKey: .workload)
        try values.encode(method, forKey: .method)
        try values.encode(plan, forKey: .plan)
        try values.encode(schedule, forKey: .schedule)
        if objective != .logLikelihood { try values.encode(objective, forKey: .objective) }
    }

    private enum CodingKeys: CodingKey {
        case model, workload, method, plan, schedule, objective
    }
}
