import Comparison
import Optimizers
import RandomStreams
import ResultStore
import Training

/// The columns that say which cell a row is about, with as many words as tell the cells of one suite apart.
struct MethodNames {
    private let namesNoise: Bool
    private let namesPerturbationScale: Bool
    private let namesSteps: Bool
    private let namesBatch: Bool

    /// Names for the cells of a snapshot.
    init(of snapshot: ResultSnapshot) {
        let trained = snapshot.cells.map(\.cell).filter { $0.method.zerothOrderSettings != nil }
        func varies<Value: Hashable>(_ value: (Cell) -> Value) -> Bool { Set(trained.map(value)).count > 1 }
        namesNoise = varies { $0.method.zerothOrderSettings?.noise }
        namesPerturbationScale = varies { $0.method.zerothOrderSettings?.perturbationScale }
        namesSteps = varies { $0.schedule.steps } && !trained.contains { $0.workload.isShape }
        namesBatch = varies(\.schedule.batchSize) && !trained.contains { $0.workload.isShape }
    }

    /// `zero-shot`, `MeZO` or `LeZO` and whatever else varies within the suite.
    func method(_ cell: Cell) -> String {
        guard let settings = cell.method.zerothOrderSettings else { return cell.method.words }
        var words = [cell.method.words]
        if namesNoise { words.append("\(settings.noise.rawValue) noise") }
        if namesPerturbationScale {
            words.append("perturbation \(Figures.setting(settings.perturbationScale))")
        }
        if namesSteps { words.append("\(cell.schedule.steps) steps") }
        if namesBatch { words.append("batch \(cell.schedule.batchSize)") }
        return words.joined(separator: ", ")
    }

    /// The headings of the columns that every table about cells begins with.
    static let columns: [Table.Column] = [
        .init("model"), .init("data"), .init("plan"), .init("method"), .init("sparsity", .trailing),
        .init("dropped layers", .trailing),
    ]

    /// The values of those columns.
    func cells(_ result: CellResult) -> [String] {
        let cell = result.cell
        let isTrained = cell.method.zerothOrderSettings != nil
        return [
            cell.model.words, cell.workload.words, cell.plan.rawValue, method(cell),
            isTrained ? Figures.fixed(result.sparsity, decimals: 2) : Figures.none,
            isTrained ? "\(cell.droppedLayerCount)/\(result.layerCount)" : Figures.none,
        ]
    }

    /// A cell in one phrase, such as `LeZO at sparsity 0.75 (9 of 12 layers) on SST-2`.
    func phrase(_ result: CellResult) -> String {
        "\(methodAndSparsity(result)) on \(result.cell.workload.words)"
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
