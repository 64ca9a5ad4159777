package import Training

extension Claim {
    /// The tasks that a ledger may name, by the published code's names, and `any` and `AVG`.
    static let tasks = [
        "SST2", "RTE", "CB", "BoolQ", "WSC", "WIC", "MultiRC", "Copa", "ReCoRD", "SQuAD", "DROP", "SST5",
        "SNLI",
        "MNLI", "TREC", "any", "AVG",
    ]

    /// The claim's tasks, one by one.
    var taskNames: [String] {
        task.split(separator: "_").map(String.init)
    }

    /// Whether the claim is not about one task.
    package var isAboutAnyTask: Bool {
        task == "any"
    }

    /// Whether a task of this program is the claim's, or one of its two.
    func names(taskNamed name: String) -> Bool {
        taskNames.contains { Self.folded($0) == Self.folded(name) }
    }

    /// Whether a cell's workload is the claim's task, or rows of the claim's length, or any when the claim names neither.
    package func isAbout(_ workload: Workload) -> Bool {
        switch workload {
        case .task(let name, _, _, _): names(taskNamed: name) || (isAboutAnyTask && tokens == nil)
        case .shape(_, let tokens): self.tokens.map { $0 == tokens } ?? isAboutAnyTask
        }
    }

    /// Whether a model is the claim's, or any of the OPT family when the claim names no size.
    func isAbout(_ model: ModelReference) -> Bool {
        let named = self.model.split(whereSeparator: { $0 == " " || $0 == "," }).first?.lowercased() ?? ""
        return named == "opt" ? model.isOfficialOPT : named == model.name.lowercased()
    }

    /// Whether another claim is about the very same thing, so that the two values must agree.
    ///
    /// Steps and batch may be unstated in one of the two.
    func hasSameSubject(as other: Claim) -> Bool {
        func mayAgree(_ first: Int?, _ second: Int?) -> Bool {
            first == nil || second == nil || first == second
        }
        return method == other.method && setting == other.setting && baseline == other.baseline
            && model == other.model && task == other.task && mode == other.mode && metric == other.metric
            && relation == other.relation && tokens == other.tokens && sparsity == other.sparsity
            && mayAgree(steps, other.steps) && mayAgree(batch, other.batch)
    }

    /// A task's name without its case and punctuation, which sources write in several ways.
    static func folded(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
