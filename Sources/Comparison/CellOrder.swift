import LanguageModels
import Optimizers
package import ResultStore
import Tasks
import Training

/// The order in which cells stand in every table: model, workload, plan, method, sparsity, settings.
///
/// Tasks stand as in the papers' tables.
package struct CellOrder: Comparable {
    private let texts: [String]
    private let numbers: [Double]
    private let id: Int64

    /// The place of one cell.
    package init(_ result: CellResult) {
        let cell = result.cell
        let settings = cell.method.zerothOrderSettings
        texts = [cell.model.words, Self.workloadKey(cell.workload)]
        let method: [Double] = [
            Self.place(of: cell.plan),
            Self.place(of: cell.method), Double(cell.method.inContextSettings?.demonstrationCount ?? 0),
            Self.place(of: cell.method.inContextSettings?.demonstrationDraw),
            cell.method.inContextSettings?.calibrates == true ? 1 : 0, Self.place(of: cell.objective),
        ]
        let choices: [Double] = [
            Double(cell.droppedLayerCount), Self.place(of: settings?.noise),
            settings?.perturbationScale ?? 0, Double(cell.schedule.steps), Double(cell.batchSize),
            cell.method.learningRate ?? 0, Self.weightsKey(cell.model.weights),
            Double(cell.schedule.evaluateEvery), settings?.tuned == .decoderLayers ? 1 : 0,
            Self.place(of: settings?.rounding), Self.place(of: cell.schedule.checkpointRule),
            Self.place(of: cell.method.firstOrderSettings?.rule),
            Self.place(of: cell.method.firstOrderSettings?.retention),
            cell.method.firstOrderSettings?.tuned == .decoderLayers ? 1 : 0,
        ]
        numbers = method + Self.adapterPlaces(cell.method.adapterSettings) + choices
        id = result.id
    }

    package static func < (first: CellOrder, second: CellOrder) -> Bool {
        if first.texts != second.texts { return first.texts.lexicographicallyPrecedes(second.texts) }
        if first.numbers != second.numbers { return first.numbers.lexicographicallyPrecedes(second.numbers) }
        return first.id < second.id
    }

    private static func workloadKey(_ workload: Workload) -> String {
        func padded(_ number: Int) -> String {
            String(repeating: "0", count: max(0, 10 - String(number).count)) + String(number)
        }
        return switch workload {
        case .task(let name, let train, let dev, let test):
            "task \(padded(TaskCatalog.place(of: name))) \(name) \(padded(train)) \(padded(dev)) \(padded(test))"
        case .shape(let batchSize, let tokens): "tokens \(padded(batchSize)) \(padded(tokens))"
        }
    }

    private static func weightsKey(_ weights: WeightOrigin) -> Double {
        if case .random(let seed) = weights { Double(seed) } else { -1 }
    }

    /// The place of a method among the methods of a table, whatever its settings.
    static func place(of method: Method) -> Double {
        switch method {
        case .zeroShot, .inContext: 0
        case .linearProbe: 0.5
        case .zerothOrder: 1
        case .firstOrder: method.tunesHead ? 0.6 : 2
        }
    }

    /// The place among adapters: none, low-rank by rank, prefixes by length.
    private static func adapterPlaces(_ adapters: AdapterSettings?) -> [Double] {
        switch adapters {
        case nil: [0, 0, 0, 0]
        case .lowRank(let rank, let alpha, let projections):
            // One digit a projection, so that each choice of them has its own place.
            [1, Double(rank), alpha, projections.reduce(0) { 10 * $0 + Self.place(of: $1) + 1 }]
        case .prefix(let tokens): [2, Double(tokens), 0, 0]
        }
    }

    /// The place of a choice among all of its kind, 0 for none.
    private static func place<Choice: CaseIterable & Equatable>(of choice: Choice?) -> Double {
        Double(choice.flatMap { Array(Choice.allCases).firstIndex(of: $0) } ?? 0)
    }
}

extension ResultSnapshot {
    /// All cells in the order of the tables, their trials by seeds and their rounds by number.
    ///
    /// Every figure starts from here, so that the order in which rows were stored reaches none.
    package var orderedCells: [CellResult] {
        cells.map { (CellOrder($0), $0.inOrder) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

extension CellResult {
    fileprivate var inOrder: CellResult {
        var cell = self
        cell.trials.sort { ($0.dataSeed, $0.noiseSeed, $0.id) < ($1.dataSeed, $1.noiseSeed, $1.id) }
        cell.rounds.sort { ($0.round, $0.position) < ($1.round, $1.position) }
        return cell
    }

    /// The share of decoder layers that a step leaves out; 0 when the model has none.
    package var sparsity: Double {
        layerCount > 0 ? Double(cell.droppedLayerCount) / Double(layerCount) : 0
    }

    /// The mean share of tuned parameters that a step leaves out, nil when the model's size was not recorded.
    ///
    /// Layers are dropped uniformly, so the mean over draws is the share of dropped layers times the share of
    /// tuned parameters that lie in decoder layers.
    package var droppedParameterShare: Double? {
        layerParameterShare.map { sparsity * $0 }
    }

    /// The share of tuned parameters that lie in decoder layers, nil when not recorded.
    ///
    /// The others (embeddings, final norm, head) are tuned in every step, or in none; adapters are all in layers.
    package var layerParameterShare: Double? {
        guard parameterCount > 0 else { return nil }
        if cell.method.zerothOrderSettings?.tuned.includesAlwaysTuned == false { return 1 }
        return modelShareInLayers
    }

    /// The share of all the model's parameters, tuned or not, that lie in decoder layers; nil when not recorded.
    package var modelShareInLayers: Double? {
        parameterCount > 0 ? Double(layerParameterCount) / Double(parameterCount) : nil
    }
}
