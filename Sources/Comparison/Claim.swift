/// One figure that a paper reports, as the claims ledger has it.
package struct Claim: Sendable, Hashable {
    /// What the value is counted in.
    package enum Unit: String, Sendable, Hashable {
        case ratio
        case percent
        case percentagePoints

        /// The ledger's words with the unit and relation that each stands for.
        static let ledgerNames: [(name: String, unit: Unit, relation: Relation)] = [
            ("percent", .percent, .equal),
            ("percent_lower_bound", .percent, .above),
            ("percentage_points", .percentagePoints, .equal),
            ("percentage_points_claimed_change", .percentagePoints, .equal),
            ("percentage_points_lower_bound", .percentagePoints, .above),
            ("percentage_points_upper", .percentagePoints, .upTo),
            ("ratio", .ratio, .equal),
            ("ratio_at_most", .ratio, .atMost),
            ("ratio_lower", .ratio, .above),
            ("ratio_lower_bound", .ratio, .above),
            ("ratio_upper", .ratio, .upTo),
        ]

        /// The words that a ledger may use.
        static var knownNames: [String] { ledgerNames.map(\.name) }
    }

    /// How the reported value bounds the quantity.
    package enum Relation: String, Sendable, Hashable {
        /// The quantity is the value.
        case equal
        /// The quantity is above the value.
        case above
        /// The quantity is not above the value.
        case atMost
        /// The quantity reaches up to the value.
        case upTo
    }

    /// The ledger's identifier, such as `LEZO-phase`.
    package var id: String
    /// The paper's name with authors and year.
    package var paper: String
    /// The paper's arXiv number.
    package var arxiv: String
    /// The method that the figure is about.
    package var method: String
    /// What it is compared with, or `none`.
    package var baseline: String
    /// The model, with what is not stated in brackets.
    package var model: String
    /// The task by the published code's name, `any` or `AVG`.
    package var task: String
    /// What is measured, such as `phase_share` or `speedup_wallclock`.
    package var metric: String
    /// The reported value.
    package var value: Double
    /// What it is counted in.
    package var unit: Unit
    /// How it bounds the quantity.
    package var relation: Relation
    /// The tokens of a row that the figure holds for, nil when not stated.
    package var tokens: Int?
    /// The share of layers left out that the figure holds for, nil when not stated.
    package var sparsity: Double?
    /// Where the figure was read.
    package var source: String
    /// What a reader must know of it.
    package var note: String

    /// A claim from all its values.
    package init(
        id: String, paper: String, arxiv: String, method: String, baseline: String, model: String,
        task: String,
        metric: String, value: Double, unit: Unit, relation: Relation, tokens: Int? = nil,
        sparsity: Double? = nil, source: String, note: String
    ) {
        self.id = id
        self.paper = paper
        self.arxiv = arxiv
        self.method = method
        self.baseline = baseline
        self.model = model
        self.task = task
        self.metric = metric
        self.value = value
        self.unit = unit
        self.relation = relation
        self.tokens = tokens
        self.sparsity = sparsity
        self.source = source
        self.note = note
    }

    /// The reported value with its unit and relation, such as `>50%`, `at most 1x` or `up to 3.4x`.
    package var reportedWords: String {
        let number = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        let quantity =
            switch unit {
            case .ratio: "\(number)x"
            case .percent: "\(number)%"
            case .percentagePoints: "\(number) points"
            }
        return switch relation {
        case .equal: quantity
        case .above: ">\(quantity)"
        case .atMost: "at most \(quantity)"
        case .upTo: "up to \(quantity)"
        }
    }
}
