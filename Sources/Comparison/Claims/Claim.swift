/// One figure that a source reports, as the claims ledger has it.
package struct Claim: Sendable, Hashable {
    /// What the value is counted in; the raw values are the ledger's words.
    package enum Unit: String, Sendable, Hashable, CaseIterable {
        case ratio
        case percent
        case points
    }

    /// How the reported value bounds the quantity; the raw values are the ledger's words.
    package enum Relation: String, Sendable, Hashable, CaseIterable {
        /// The quantity is the value.
        case equal
        /// The quantity is above the value.
        case above
        /// The quantity is not below the value.
        case atLeast = "at_least"
        /// The quantity is not above the value.
        case atMost = "at_most"
        /// The quantity reaches up to the value.
        case upTo = "up_to"
    }

    /// What was tuned; the raw values are the ledger's words.
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        /// All parameters.
        case full
        /// Low-rank additions.
        case lora
        /// Prefixes of keys and values.
        case prefix
        /// Nothing.
        case none
    }

    /// The ledger's identifier, such as `LEZO-phase`.
    package var id: String
    /// The source's name with authors or year.
    package var paper: String
    /// The paper's arXiv number, empty when it has none.
    package var arxiv: String
    /// The method that the figure is about.
    package var method: String
    /// What sets this figure apart from others of the same method, empty when nothing does.
    package var setting: String
    /// What it is compared with, or `none`.
    package var baseline: String
    /// The model, with what is not stated in brackets.
    package var model: String
    /// A task of ``tasks``; two that share a figure are joined by an underscore.
    package var task: String
    /// What was tuned.
    package var mode: Mode
    /// What is measured.
    package var metric: ClaimMetric
    /// The reported value.
    package var value: Double
    /// How it bounds the quantity.
    package var relation: Relation
    /// The standard error stated or derived from a stated spread, in the value's unit.
    package var standardError: Double?
    /// How many seeds the figure is over.
    package var seeds: Int?
    /// Training steps.
    package var steps: Int?
    /// The tokens of a row that the figure holds for.
    package var tokens: Int?
    /// Rows of a batch.
    package var batch: Int?
    /// The share of decoder layers left out.
    package var sparsity: Double?
    /// How parameters were stored, such as `bfloat16`; empty when not stated.
    package var storage: String
    /// What it was measured on, empty when not stated.
    package var hardware: String
    /// Where in the source the figure stands.
    package var source: String
    /// What a reader must know of it.
    package var note: String

    /// A claim from its values; what the source does not state is left out.
    package init(
        id: String, paper: String, arxiv: String, method: String, setting: String = "", baseline: String,
        model: String, task: String, mode: Mode = .full, metric: ClaimMetric, value: Double,
        relation: Relation,
        standardError: Double? = nil, seeds: Int? = nil, steps: Int? = nil, tokens: Int? = nil,
        batch: Int? = nil, sparsity: Double? = nil, storage: String = "", hardware: String = "",
        source: String, note: String
    ) {
        self.id = id
        self.paper = paper
        self.arxiv = arxiv
        self.method = method
        self.setting = setting
        self.baseline = baseline
        self.model = model
        self.task = task
        self.mode = mode
        self.metric = metric
        self.value = value
        self.relation = relation
        self.standardError = standardError
        self.seeds = seeds
        self.steps = steps
        self.tokens = tokens
        self.batch = batch
        self.sparsity = sparsity
        self.storage = storage
        self.hardware = hardware
        self.source = source
        self.note = note
    }

    /// What the value is counted in.
    package var unit: Unit { metric.unit }

    /// The first word of the identifier, which the claims of one source share, such as `LEZO`.
    package var sourceWord: String {
        String(id.prefix { $0 != "-" })
    }

    /// The reported value with its unit and relation, such as `>50%`, `at most 1x` or `up to 3.4x`.
    package var reportedWords: String {
        if metric == .scoreChange, relation == .atLeast, value == 0 { return "no loss" }
        let number = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        let quantity =
            switch unit {
            case .ratio: "\(number)x"
            case .percent: "\(number)%"
            case .points: "\(number) points"
            }
        return switch relation {
        case .equal: quantity
        case .above: ">\(quantity)"
        case .atLeast: "at least \(quantity)"
        case .atMost: "at most \(quantity)"
        case .upTo: "up to \(quantity)"
        }
    }

    /// What the figure is of, such as `LeZO against MeZO, OPT-13B, BoolQ`.
    package var subjectWords: String {
        let method = baseline == "none" ? self.method : "\(self.method) against \(baseline)"
        let modeWords: String? =
            switch mode {
            case .full, .none: nil
            case .lora: "LoRA"
            case .prefix: "prefixes"
            }
        let length = tokens.map { "\($0) tokens" }
        let place = isAboutAnyTask ? nil : task.replacing("_", with: " and ")
        return [method, setting.isEmpty ? nil : setting, modeWords, model, place, length].compactMap { $0 }
            .joined(separator: ", ")
    }
}
