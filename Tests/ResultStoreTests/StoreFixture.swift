import Foundation
import GRDB
import Optimizers
import Provenance
import ResultStore
import Suites
import Tasks
import Training

/// A folder with a database that is removed afterwards, and values to fill it with.
final class StoreFixture {
    let folder: String
    var path: String { folder + "/results.sqlite" }

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("lezobench-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open(_ mode: ResultStore.Mode = .readWrite, journaling: Journaling? = nil) throws -> ResultStore {
        try ResultStore(path: path, mode: mode, journaling: journaling)
    }

    /// The names of the files in the folder, sorted.
    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    /// Puts a database there that an older program made, from a dump in the fixtures.
    func restore(_ name: String) throws {
        let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name)")
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: String(contentsOf: dump, encoding: .utf8))
        }
        try queue.close()
    }

    /// What one query gives, as another program sees it: rows as texts, columns joined by spaces.
    func query(_ sql: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { value in
                    value.isNull ? "-" : String.fromDatabaseValue(value) ?? "\(value)"
                }
                .joined(separator: " ")
            }
        }
    }

    /// Begins a transaction of steps 6 to 2,000 of a trial, with a page cache so tiny that changed pages reach the disk before
    /// its end.
    static func beginLargeTransaction(in database: Database, trial: Int64) throws {
        try database.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE")
        for step in 6...2000 {
            try database.execute(
                sql: """
                    INSERT INTO step_row (trial_id, step, seed, dropped_bits, dropped_bits_63, select_ns, perturb_ns,
                        forward_ns, update_ns) VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0)
                    """, arguments: [trial, step])
        }
    }

    static let vocabulary = SuiteVocabulary(
        modelNames: ["tiny"], layerCount: { _ in 8 }, taskNames: ["sst2", "boolq"],
        titledTasks: TaskCatalog.titledTasks)

    static func suite(
        seeds: String = "[0]", remark: String = "",
        timing: String = "timing: {rounds: 2, warmup_steps: 1, steps: 2}"
    ) throws -> Suite {
        try Suite.read(
            """
            suite: example
            title: An example
            claims: [LEZO-phase]
            models: [{name: tiny}]
            tasks: [{name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}]
            methods:
              - {lezo: {sparsity: [0, 0.5], learning_rate: 1.0e-6, perturbation_scale: 1.0e-3}}
            schedule: {steps: 30, batch_size: 4, eval_every: 10}
            seeds: {noise: \(seeds)}
            \(timing)
            \(remark)
            """, path: "example.yaml", vocabulary: vocabulary)
    }

    static func toPlan(_ suite: Suite, inputs: [String] = ["aa"]) throws -> [TrialToPlan] {
        try suite.trials.map { trial in
            TrialToPlan(
                specification: trial, identity: try TrialIdentity.hash(specification: trial, inputs: inputs),
                cell: toPlan(trial.cell), inputs: inputs)
        }
    }

    static func toPlan(_ cell: Cell) -> CellToPlan {
        CellToPlan(cell: cell, layerCount: 8, layerParameterCount: 800, parameterCount: 1000)
    }

    static let environment = Environment(
        processor: "Example 3000", processorCount: 2, memoryBytes: 1 << 33, kernelInstructionSet: "avx2",
        blasVersion: "OpenBLAS 0.3.21", blasCoreType: "Haswell", expectedBLASCoreType: "Haswell",
        threadCount: 2,
        operatingSystem: "Debian GNU/Linux 12 (bookworm)", compiler: "Swift 6.3.1",
        buildConfiguration: "release",
        gitCommit: String(repeating: "a", count: 40), gitIsDirty: nil)

    static let load = LoadSample(
        loadAverage1: 0.25, loadAverage5: 0.5, loadAverage15: 1, meanMegahertz: 2100.5, otherBusyProcessors: 0
    )

    static func step(_ number: Int, dropped: [Int] = [1, 3, 4, 7]) -> StepRecord {
        StepRecord(
            step: number, seed: 0x9E37_79B9_7F4A_7C15 &* UInt64(number),
            lossPlus: 0.693 + Float(number) / 1e4,
            lossMinus: 0.6929 - Float(number) / 3e4, projectedGradient: Float(number).squareRoot() / 7,
            droppedLayers: dropped,
            times: PhaseTimes(
                selectNanoseconds: 12_345, perturbNanoseconds: 100_000_000 + Int64(number),
                forwardNanoseconds: 900_000_000 + Int64(number), updateNanoseconds: 60_000_000))
    }

    static func evaluation(_ step: Int, _ split: EvaluationSplit = .dev) -> EvaluationRecord {
        EvaluationRecord(
            step: step, split: split, loss: 0.1 + Double(step) / 3, metric: "f1", value: 2.0 / 3,
            exactMatch: 1.0 / 3, nanoseconds: 1_234_567_890,
            predictions: [
                Prediction(
                    exampleID: "val:17", chosenOption: 1, goldOption: 0, optionScores: [-0.1, -1.0 / 3, 0],
                    text: nil, score: 0),
                Prediction(
                    exampleID: "val:18", chosenOption: 1, goldOption: 2, goldOptions: [2, 0],
                    optionScores: [-3, -1, -2], text: nil, score: 0),
                Prediction(
                    exampleID: "val:\u{1F600}", chosenOption: nil, goldOption: nil, optionScores: [],
                    text: "zero \0 byte, 'quotes' and \u{E9}", score: 1.0 / 3, exactMatch: 1),
            ])
    }

    static let summary = DataSummary(
        trainExamples: 8, devExamples: 4, testExamples: 6, notes: ["a subset, \"so far\"", "second"],
        firstToken: 2)
}

/// A store with one planned suite.
struct PlannedStore {
    let store: ResultStore
    let suiteID: Int64
    let environmentID: Int64
    let trials: [PlannedTrial]
    let cells: [PlannedCell]

    /// What a test planned itself.
    init(store: ResultStore, suiteID: Int64, environmentID: Int64, trials: [PlannedTrial]) {
        (self.store, self.suiteID, self.environmentID, self.trials) = (store, suiteID, environmentID, trials)
        cells = []
    }

    init(_ fixture: StoreFixture, journaling: Journaling? = nil) throws {
        store = try fixture.open(journaling: journaling)
        let suite = try StoreFixture.suite()
        suiteID = try store.register(suite: suite)
        environmentID = try store.record(environment: StoreFixture.environment)
        trials = try store.plan(
            suiteID: suiteID, trials: try StoreFixture.toPlan(suite),
            timingCells: suite.timingCells.map(StoreFixture.toPlan))
        cells = try store.timingCells(suiteID: suiteID)
    }

    func begin(_ index: Int = 0) throws -> Int64 {
        let id = trials[index].id
        try store.begin(trial: id, environmentID: environmentID, load: StoreFixture.load)
        return id
    }
}
