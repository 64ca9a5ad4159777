import LanguageModels
import Optimizers
import Training

/// Reads a suite file's YAML into documents, strictly.
struct SuiteReader {
    let vocabulary: SuiteVocabulary

    /// Keys of the suite, whatever the protocol.
    static let identityKeys = ["suite", "title", "claims", "sandbox"]
    /// Keys of a matrix and how it is run: those of the file, or of each of its protocols.
    static let matrixKeys = [
        "models", "tasks", "shapes", "methods", "objective", "plans", "schedule", "seeds", "timing",
    ]
    /// Keys of a suite with a choice of protocols.
    static let protocolKeys = ["protocols", "default_protocol"]

    /// All keys that may stand at the top of a file.
    static let keys = identityKeys + matrixKeys + protocolKeys

    /// One document.
    ///
    /// - Parameters:
    ///   - top: What the file says of the suite.
    ///   - matrix: The keys of the matrix.
    ///   - root: Where those stand.
    func document(
        _ top: [String: SuiteNode], matrix: [String: SuiteNode], root: SuiteNode
    ) throws(SuiteError) -> SuiteDocument {
        for key in ["models", "methods"] where matrix[key] == nil {
            throw root.error("'\(root.name)' lacks the key '\(key)'")
        }
        let places = try workPlaces(matrix, root: root)
        let models = try self.models(matrix, timedOnly: places.areShapes)
        let methods = MethodReader(
            layerCounts: layerCounts(models), storages: Set(models.map(\.reference.storage)),
            objective: try objective(matrix),
            schedule: { (place) throws(SuiteError) in try schedule(place) })
        let document = SuiteDocument(
            name: try top["suite"]?.line() ?? "", title: try top["title"]?.line() ?? "",
            claims: try claims(top), usesSandbox: try top["sandbox"]?.boolean() ?? false, models: models,
            work: try work(places, methods: methods),
            methods: try methods.axes(matrix["methods"], timedOnly: places.areShapes),
            plans: try matrix["plans"].map(plans) ?? [.reference],
            schedule: try matrix["schedule"].map(schedule),
            dataSeeds: try seeds(matrix, "data", in: 0...UInt32.max),
            noiseSeeds: try seeds(matrix, "noise", in: 0...UInt64.max), timing: try timing(matrix))
        try checkSize(document, matrix, root: root)
        try checkProtocol(document, matrix, root: root, timedOnly: places.areShapes)
        try checkGeneration(document, matrix, root: root)
        return document
    }

    private func models(_ top: [String: SuiteNode], timedOnly: Bool) throws(SuiteError) -> [SuiteDocument
        .Model]
    {
        var models: [SuiteDocument.Model] = []
        for place in try top["models"]?.elements() ?? [] {
            let entry = try place.named("model").mapping(
                known: ["name", "weights", "storage", "first_token", "optional"], required: ["name"])
            let name = try entry["name"]?.word(among: vocabulary.modelNames, what: "model") ?? ""
            let weights = try entry["weights"].map(weightOrigin) ?? .file
            if case .random = weights, !timedOnly {
                throw (entry["weights"] ?? place).error(
                    "random weights have no vocabulary and learn nothing, so '\(name)' cannot run tasks",
                    advice: "use 'weights: file', or time it on 'shapes' instead of 'tasks'")
            }
            let isOptional = try entry["optional"]?.boolean() ?? false
            if timedOnly, let firstToken = entry["first_token"] {
                throw firstToken.error(
                    "shapes are no texts, so they have no first token", advice: "remove it")
            }
            let firstToken =
                try entry["first_token"]?.choice(FirstToken.self, what: "first token") ?? .published
            for storage in try storages(entry["storage"]) {
                let reference = ModelReference(
                    name: name, weights: weights, storage: storage, firstToken: firstToken)
                if models.contains(where: { $0.reference == reference }) {
                    let what = storage == .float32 ? "'\(name)'" : "'\(name)' in \(storage.rawValue)"
                    throw place.error("'models' lists \(what) twice", advice: "remove one of them")
                }
                models.append(SuiteDocument.Model(reference: reference, isOptional: isOptional))
            }
        }
        return models
    }

    private func storages(_ place: SuiteNode?) throws(SuiteError) -> [StorageFormat] {
        guard let place else { return [.float32] }
        return try place.oneOrMore().distinct { (value) throws(SuiteError) in
            let name = try value.word(among: StorageFormat.allCases.map(\.rawValue), what: "storage")
            return StorageFormat(rawValue: name) ?? .float32
        }
    }

    private func weightOrigin(_ place: SuiteNode) throws(SuiteError) -> WeightOrigin {
        let text = try place.text()
        if text == "file" { return .file }
        guard text.hasPrefix("random("), text.hasSuffix(")"),
            let seed = UInt64(text.dropFirst("random(".count).dropLast())
        else {
            throw place.error(
                "'weights' must be 'file' or 'random(SEED)' such as random(1), but it is '\(text)'")
        }
        return .random(seed: seed)
    }

    private func layerCounts(_ models: [SuiteDocument.Model]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for model in models {
            counts[model.reference.name] = vocabulary.layerCount(model.reference.name)
        }
        return counts
    }

    private func claims(_ top: [String: SuiteNode]) throws(SuiteError) -> [String] {
        guard let place = top["claims"] else { return [] }
        return try place.elements(mayBeEmpty: true).distinct { (claim) throws(SuiteError) in
            guard let known = vocabulary.claimNames else { return try claim.line() }
            let name = try claim.line()
            guard known.contains(name) else {
                let nearest = NearestName.of(name, among: known)
                throw claim.error(
                    "unknown claim '\(name)'",
                    advice: nearest.map { "did you mean '\($0)'?" } ?? "name a claim of the claims ledger")
            }
            return name
        }
    }

    /// The plans of a suite, or of one entry of it.
    func plans(_ place: SuiteNode) throws(SuiteError) -> [ExecutionPlan] {
        try place.elements().distinct { (plan) throws(SuiteError) in
            let name = try plan.word(among: ExecutionPlan.allCases.map(\.rawValue), what: "plan")
            return ExecutionPlan(rawValue: name) ?? .reference
        }
    }

    /// The schedule of a suite, or of one entry of it.
    func schedule(_ place: SuiteNode) throws(SuiteError) -> TrainingSchedule {
        let keys = ["steps", "batch_size", "eval_every"]
        let entry = try place.mapping(known: keys + ["checkpoint"], required: keys)
        let rule = try entry["checkpoint"]?.choice(CheckpointRule.self, what: "checkpoint rule")
        return TrainingSchedule(
            steps: try entry["steps"]?.integer(in: 1...10_000_000) ?? 0,
            batchSize: try entry["batch_size"]?.integer(in: 1...4096) ?? 0,
            evaluateEvery: try entry["eval_every"]?.integer(in: 1...10_000_000) ?? 0,
            checkpointRule: rule ?? .devLoss)
    }

    private func objective(_ top: [String: SuiteNode]) throws(SuiteError) -> TrainingObjective {
        try top["objective"]?.choice(TrainingObjective.self, what: "objective") ?? .logLikelihood
    }

    private func seeds<Seed: FixedWidthInteger>(
        _ top: [String: SuiteNode], _ key: String, in range: ClosedRange<Seed>
    ) throws(SuiteError) -> [Seed] {
        let entry = try top["seeds"]?.mapping(known: ["data", "noise"]) ?? [:]
        guard let place = entry[key] else { return [0] }
        return try place.oneOrMore().distinct { (seed) throws(SuiteError) in try seed.integer(in: range) }
    }

    private func timing(_ top: [String: SuiteNode]) throws(SuiteError) -> TimingProtocol? {
        guard let place = top["timing"] else { return nil }
        let keys = ["rounds", "warmup_steps", "steps"]
        let entry = try place.mapping(known: keys, required: keys)
        return TimingProtocol(
            rounds: try entry["rounds"]?.integer(in: 1...1000) ?? 0,
            warmupSteps: try entry["warmup_steps"]?.integer(in: 0...1000) ?? 0,
            steps: try entry["steps"]?.integer(in: 1...10_000) ?? 0)
    }
}
