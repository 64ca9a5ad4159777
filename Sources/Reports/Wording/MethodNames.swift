import Comparison
import LanguageModels
import Optimizers
import RandomStreams
import ResultStore
import Training

extension Cell {
    /// How its steps are done, as a title says it: on a plan, or by gradients.
    var manner: String {
        method.firstOrderSettings == nil ? "\(plan.rawValue) plan" : "by gradients"
    }
}

/// The columns that say which cell a row is about, with as many words as tell the cells of one suite apart.
struct MethodNames {
    private let namesPlan: Bool
    /// The plan of all trained cells where there is one only.
    private let onlyPlan: ExecutionPlan?
    private let namesNoise: Bool
    private let namesPerturbationScale: Bool
    private let namesObjective: Bool
    private let namesTuned: Bool
    private let namesRounding: Bool
    private let namesSteps: Bool
    private let namesBatch: Bool
    private let namesRetention: Bool

    /// Names for the cells of a snapshot.
    init(of snapshot: ResultSnapshot) {
        let cells = snapshot.cells.map(\.cell)
        let trained = cells.filter { $0.method.zerothOrderSettings != nil }
        func varies<Value: Hashable>(_ value: (Cell) -> Value) -> Bool { Set(trained.map(value)).count > 1 }
        namesPlan = varies(\.plan)
        onlyPlan = Set(trained.map(\.plan)).count == 1 ? trained.first?.plan : nil
        namesNoise = varies { $0.method.zerothOrderSettings?.noise }
        namesPerturbationScale = varies { $0.method.zerothOrderSettings?.perturbationScale }
        namesObjective = varies(\.objective)
        namesTuned = varies { $0.method.zerothOrderSettings?.tuned }
        namesRounding = varies { $0.method.zerothOrderSettings?.rounding }
        // Each task may have a schedule of its own.
        func variesWithinTask(_ value: (Cell) -> Int) -> Bool {
            Dictionary(grouping: trained.filter { !$0.workload.isShape }, by: \.workload).values
                .contains { Set($0.map(value)).count > 1 }
        }
        namesRetention = Set(cells.compactMap { $0.method.firstOrderSettings?.retention }).count > 1
        namesSteps = variesWithinTask(\.schedule.steps)
        namesBatch = variesWithinTask(\.schedule.batchSize)
    }

    /// `zero-shot`, `in-context (32)`, `MeZO`, `LeZO` or `FT (AdamW)` and whatever else varies within the suite, the plan
    /// apart.
    func method(_ cell: Cell) -> String {
        if let settings = cell.method.firstOrderSettings { return fineTuning(settings) }
        guard let settings = cell.method.zerothOrderSettings else { return cell.method.words }
        var words = [cell.method.words]
        if namesObjective {
            words.append("on \(cell.objective == .metric ? "the metric" : "log-likelihood")")
        }
        if namesNoise { words.append("\(settings.noise.rawValue) noise") }
        if namesPerturbationScale {
            words.append("perturbation \(Figures.setting(settings.perturbationScale))")
        }
        if namesTuned || settings.tuned.adapterSettings != nil, let tuned = settings.tuned.words {
            words.append(tuned)
        }
        if namesRounding, settings.rounding == .stochastic { words.append("stochastic rounding") }
        if namesSteps { words.append("\(cell.schedule.steps) steps") }
        if namesBatch { words.append("batch \(cell.schedule.batchSize)") }
        return words.joined(separator: ", ")
    }

    private func fineTuning(_ settings: FirstOrderSettings) -> String {
        var words = [Method.firstOrder(settings).words]
        if let tuned = settings.tuned.words { words.append(tuned) }
        if namesRetention, settings.tuned != .head {
            words.append("activations \(settings.retention.rawValue)")
        }
        return words.joined(separator: ", ")
    }

    /// `, fused plan` where a suite has several plans and the cell takes steps, else nothing.
    func planPhrase(_ cell: Cell) -> String {
        namesPlan && cell.followsPlan ? ", \(cell.plan.rawValue) plan" : ""
    }

    /// The headings of the columns that every table about cells begins with.
    static let columns: [Table.Column] =
        [.init("model"), .init("data"), .init("plan")] + methodColumns

    /// Those of them that name the method.
    static let methodColumns: [Table.Column] = [
        .init("method"), .init("sparsity", .trailing), .init("dropped layers", .trailing),
    ]

    /// The values of ``columns``.
    func cells(_ result: CellResult) -> [String] {
        let cell = result.cell
        // Without steps no plan is followed; where there is one plan only, a column needs no gaps.
        let plan = cell.followsPlan ? cell.plan : cell.method.takesSteps ? nil : onlyPlan
        return [cell.model.words, cell.workload.words, plan?.rawValue ?? Figures.none] + methodCells(result)
    }

    /// The values of ``methodColumns``.
    func methodCells(_ result: CellResult) -> [String] {
        let isTrained = result.cell.method.zerothOrderSettings != nil
        return [
            method(result.cell), isTrained ? Figures.fixed(result.sparsity, decimals: 2) : Figures.none,
            isTrained ? "\(result.cell.droppedLayerCount)/\(result.layerCount)" : Figures.none,
        ]
    }

    /// The values of ``methodColumns`` of one method on several tasks; where demonstrations differ between tasks, with their
    /// least and greatest number.
    func methodCells(_ result: CellResult, amongTasks results: [CellResult]) -> [String] {
        var cells = methodCells(result)
        let counts = results.compactMap { $0.cell.method.inContextSettings?.demonstrationCount }
        if let least = counts.min(), let greatest = counts.max(), least < greatest,
            let own = result.cell.method.inContextSettings?.demonstrationCount
        {
            cells[0] = cells[0].replacing("(\(own))", with: "(\(least) to \(greatest))")
        }
        return cells
    }

    /// A cell in one phrase, such as `LeZO at sparsity 0.75 (9 of 12 layers) on SST-2`, with its plan if there are more.
    func phrase(_ result: CellResult) -> String {
        "\(methodAndSparsity(result)) \(Self.place(result.cell))\(planPhrase(result.cell))"
    }

    /// What a cell was measured on, such as `on SST-2` or `at 16x64 tokens`.
    static func place(_ cell: Cell) -> String {
        "\(cell.workload.isShape ? "at" : "on") \(cell.workload.words)"
    }

    /// A cell's method in one phrase, such as `LeZO at sparsity 0.75 (9 of 12 layers)`.
    func methodAndSparsity(_ result: CellResult) -> String {
        let name = method(result.cell)
        let sparsity =
            result.cell.droppedLayerCount > 0
            ? " at sparsity \(Figures.fixed(result.sparsity, decimals: 2)) "
                + "(\(result.cell.droppedLayerCount) of \(result.layerCount) layers)" : ""
        return name + sparsity
    }

    /// A caption with the models named that have random weights.
    static func caption(_ text: String, cells: [CellResult]) -> String {
        let random = Set(cells.map(\.cell.model).filter(\.hasRandomWeights).map(\.name)).sorted()
        guard !random.isEmpty else { return text }
        let verb = random.count == 1 ? "has" : "have"
        return text
            + " \(Figures.joined(random)) \(verb) random weights: times mean something, losses do not."
    }
}
