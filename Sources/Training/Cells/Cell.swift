package import LanguageModels
package import Optimizers

/// Where a model's weights come from.
package enum WeightOrigin: Sendable, Hashable, Codable {
    /// Found under `--models` and known by hash.
    case file
    /// Official shape, random weights from this seed: for timing only, and named so in every report.
    case random(seed: UInt64)
}

/// A model as a suite names it.
///
/// In JSON a first token that is the default is left out, so that a cell is known again by what it was before there was a
/// choice.
package struct ModelReference: Sendable, Hashable, Codable {
    /// A known name, such as `opt-125m` or `smollm2-135m-instruct`.
    package var name: String
    /// Trained weights from a file, or random ones.
    package var weights: WeightOrigin
    /// How the parameters are held in memory; arithmetic is float32 in any case.
    package var storage: StorageFormat
    /// What texts begin with.
    package var firstToken: FirstToken

    /// A reference to a named model.
    package init(
        name: String, weights: WeightOrigin, storage: StorageFormat = .float32,
        firstToken: FirstToken = .published
    ) {
        self.name = name
        self.weights = weights
        self.storage = storage
        self.firstToken = firstToken
    }

    /// Reads a reference; those written before storage was a choice are float32.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        weights = try values.decode(WeightOrigin.self, forKey: .weights)
        storage = try values.decodeIfPresent(StorageFormat.self, forKey: .storage) ?? .float32
        firstToken = try values.decodeIfPresent(FirstToken.self, forKey: .firstToken) ?? .published
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(weights, forKey: .weights)
        try values.encode(storage, forKey: .storage)
        if firstToken != .published { try values.encode(firstToken, forKey: .firstToken) }
    }

    private enum CodingKeys: CodingKey {
        case name, weights, storage, firstToken
    }
}

/// What a step computes its loss on.
package enum Workload: Sendable, Hashable, Codable {
    /// A task by name, such as `sst2` or `multirc`, with the counts of examples asked for.
    case task(name: String, trainExamples: Int, devExamples: Int, testExamples: Int)
    /// Random token ids of one shape, for timing: `batchSize` rows of `tokens` tokens, the last one scored.
    case shape(batchSize: Int, tokens: Int)

    /// The task's name, nil for a shape.
    package var taskName: String? {
        switch self {
        case .task(let name, _, _, _): name
        case .shape: nil
        }
    }
}

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

/// One cell with its seeds: what is trained and evaluated once.
package struct TrialSpecification: Sendable, Hashable, Codable {
    /// What is trained.
    package var cell: Cell
    /// Seed of the drawn examples, as the published code draws them (NumPy's legacy generator).
    package var dataSeed: UInt32
    /// Seed of the noise, the layer draws and the order of batches.
    package var noiseSeed: UInt64

    /// A trial from all its parts.
    package init(cell: Cell, dataSeed: UInt32, noiseSeed: UInt64) {
        self.cell = cell
        self.dataSeed = dataSeed
        self.noiseSeed = noiseSeed
    }
}
