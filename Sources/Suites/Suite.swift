import Optimizers
package import Training

/// How step times are taken: rounds of fresh processes, interleaved between the cells that are compared.
package struct TimingProtocol: Sendable, Hashable, Codable {
    /// How often each cell is timed.
    package var rounds: Int
    /// Untimed steps at the start of a round.
    package var warmupSteps: Int
    /// Timed steps of a round.
    package var steps: Int

    /// A protocol from all its values.
    package init(rounds: Int, warmupSteps: Int, steps: Int) {
        self.rounds = rounds
        self.warmupSteps = warmupSteps
        self.steps = steps
    }
}

/// A named matrix of choices with its protocol and the claims that it checks, read from one YAML file.
///
/// A suite is a pure function of its file's bytes, of the protocol chosen, of the vocabulary that it was read with and of
/// the filters laid on it. Trials and timing cells keep the order of the file: models, then tasks or shapes, then methods with the
/// perturbation scale, the dropped layers and the learning rate as inner axes, then plans, then seeds.
package struct Suite: Sendable {
    /// The name that `lezobench run` takes; also the file's name without its ending.
    package let name: String
    /// One line for people.
    package let title: String
    /// The file's name without its folder.
    package let fileName: String
    /// The protocol that was chosen; empty when the file has no choice.
    package let protocolName: String
    /// All protocols of the file, in its order; none when it has no choice.
    package let protocolNames: [String]
    /// The protocol that is run when none is asked for; empty when the file has no choice.
    package let defaultProtocolName: String
    /// SHA-256 of the file's bytes.
    package let fileSHA256: String
    /// The file's text, stored with the results.
    package let text: String
    /// Identifiers of the claims that it checks, in the order of the file.
    package let claims: [String]
    /// Whether its data and weights come from the sandbox.
    package let usesSandbox: Bool
    /// How step times are taken, nil when they are not.
    package let timing: TimingProtocol?
    /// Every point of the matrix, optional ones and those filtered out too.
    let points: [MatrixPoint]
    /// What is laid on the matrix.
    let filters: [SuiteFilter]
    /// The file names accepted for each task's data.
    let acceptedArchives: [String: [String]]
    /// Decoder layers of each model.
    let knownLayerCounts: [String: Int]

    /// The trials to run, each once.
    package var trials: [TrialSpecification] {
        unique(selected.compactMap(\.trial))
    }

    /// The cells to time, one for all learning rates; empty when the suite has no timing protocol.
    package var timingCells: [Cell] {
        var seen: Set<Cell> = []
        return selected.compactMap(\.timingCell).filter { seen.insert($0.withoutLearningRate).inserted }
    }

    /// The data seed that timing rounds draw their batches with: the file's first one, whatever the filters.
    package var timingDataSeed: UInt32 { points.lazy.compactMap(\.trial).first?.dataSeed ?? 0 }

    /// The accepted archive names of every task that is left, by task.
    package var archives: [String: [String]] {
        let tasks = Set(cellsInUse.compactMap(\.workload.taskName))
        return acceptedArchives.filter { tasks.contains($0.key) }
    }

    /// The decoder layers of every model that is left, by model.
    package var layerCounts: [String: Int] {
        let models = Set(cellsInUse.map(\.model.name))
        return knownLayerCounts.filter { models.contains($0.key) }
    }

    private var selected: [MatrixPoint] {
        points.filter { $0.isSelected(by: filters) }
    }

    private var cellsInUse: [Cell] {
        trials.map(\.cell) + timingCells
    }
}

extension Cell {
    /// The same cell with the learning rate set to zero, to tell cells whose steps take the same time.
    var withoutLearningRate: Cell {
        var cell = self
        cell.method = method.withoutLearningRate
        return cell
    }
}

/// The elements of `values` without repetitions, in the order of their first appearance.
func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
}
