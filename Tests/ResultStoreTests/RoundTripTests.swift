import Foundation
import Optimizers
import Provenance
import ResultStore
import Testing
import Training

@Suite("Round trips through the store")
struct RoundTripTests {
    private func bits(_ record: StepRecord) -> [UInt32] {
        [record.lossPlus, record.lossMinus, record.projectedGradient].map(\.bitPattern)
    }

    @Test(
        "every float32 of a step comes back bit for bit, whatever it is",
        arguments: [
            Float(0.1), -0.0, 0, .infinity, -.infinity, .nan, -.nan, .signalingNaN, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude, 1, Float(bitPattern: 0x7FC0_1234), Float(bitPattern: 0x0000_0001),
            16_777_216,
        ])
    func floats(_ value: Float) throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        var record = StoreFixture.step(1)
        (record.lossPlus, record.lossMinus, record.projectedGradient) = (value, 1.0 / 3, value)
        try planned.store.append([.step(record)], toTrial: trial)
        let found = try #require(try planned.store.steps(ofTrial: trial).first)
        #expect(bits(found) == bits(record))
    }

    @Test(
        "seeds, layers and times come back",
        arguments: [
            [], [0], [62], [63], [125], [0, 1, 62, 63, 64, 125], Array(0..<126),
        ])
    func layers(_ layers: [Int]) throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        var record = StoreFixture.step(1, dropped: layers)
        record.seed = .max
        record.times.forwardNanoseconds = .max
        try planned.store.append([.step(record)], toTrial: trial)
        #expect(try planned.store.steps(ofTrial: trial) == [record])
    }

    @Test("layers that would not come back the same are refused", arguments: [[126], [-1], [2, 1], [3, 3]])
    func wrongLayers(_ layers: [Int]) throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        let error = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(StoreFixture.step(1, dropped: layers))], toTrial: trial)
        }
        #expect(error?.kind == .conflict)
    }

    @Test("evaluations come back with their predictions, a text with a zero byte too")
    func evaluations() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        let evaluations = [
            StoreFixture.evaluation(0), StoreFixture.evaluation(10), StoreFixture.evaluation(10, .test),
        ]
        try planned.store.append(evaluations.reversed().map(TrialEvent.evaluation), toTrial: trial)
        #expect(try planned.store.evaluations(ofTrial: trial) == evaluations)
    }

    @Test("sqlite alone tells exact match beside F1, and all right options where there are several")
    func metrics() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        try planned.store.append([.evaluation(StoreFixture.evaluation(0, .test))], toTrial: trial)
        #expect(
            try fixture.query(
                "SELECT metric, test_value, test_exact_match FROM trial_view WHERE trial_id = 1")
                == ["f1 \(2.0 / 3) \(1.0 / 3)"])
        #expect(
            try fixture.query(
                "SELECT gold_option, gold_options, exact_match FROM prediction ORDER BY position")
                == ["0 - -", "2 [2,0] -", "- - 1.0"])
    }

    @Test("scores and losses that are not finite come back")
    func nonFinite() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        var evaluation = StoreFixture.evaluation(0)
        evaluation.loss = .nan
        evaluation.value = .infinity
        evaluation.predictions[0].optionScores = [.infinity, -.infinity, .nan, -0.0, .leastNonzeroMagnitude]
        evaluation.predictions[0].score = .nan
        try planned.store.append([.evaluation(evaluation)], toTrial: trial)
        let found = try #require(try planned.store.evaluations(ofTrial: trial).first)
        #expect(found.loss.isNaN)
        #expect(found.value == .infinity)
        #expect(found.predictions[0].score.isNaN)
        let scores = found.predictions[0].optionScores
        #expect(scores[2].isNaN)
        #expect(
            [0, 1, 3, 4].map { scores[$0].bitPattern }
                == [0, 1, 3, 4].map { evaluation.predictions[0].optionScores[$0].bitPattern })
    }

    @Test("what 16-bit storage kept of the updates comes back, and sqlite alone tells the share lost")
    func updateLoss() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        let loss = UpdateLoss(
            updateCount: 4_000_000_000_000, lostCount: 1_000_000_000_000, intendedSumOfSquares: 1.0 / 3,
            errorSumOfSquares: 1e-300)
        try planned.store.append([.updateLoss(loss)], toTrial: trial)
        let trials = try planned.store.snapshot(suiteNamed: "example").cells.flatMap(\.trials)
        #expect(trials.map(\.updateLoss) == [loss, nil])
        #expect(
            try fixture.query("SELECT lost_update_share FROM trial_view ORDER BY trial_id") == ["0.25", "-"])
    }

    @Test("an environment is known by all but its BLAS rates, which are those of its first meeting")
    func environments() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        var environment = StoreFixture.environment
        environment.blasCoreTypeAsInstalled = "Prescott"
        environment.forcedBLASCoreType = "Haswell"
        let rates = BLASRates(gigaflops: 331.5, gigaflopsAsInstalled: 67)
        let id = try planned.store.record(environment: environment, blasRates: rates)
        #expect(id != planned.environmentID)
        let later = BLASRates(gigaflops: 300, gigaflopsAsInstalled: 60)
        #expect(try planned.store.record(environment: environment, blasRates: later) == id)
        try planned.store.begin(trial: planned.trials[0].id, environmentID: id, load: StoreFixture.load)
        let snapshot = try planned.store.snapshot(suiteNamed: "example")
        #expect(snapshot.environments == [id: environment])
        #expect(snapshot.blasRates == [id: rates])
        #expect(
            try fixture.query(
                "SELECT blas_core_type, blas_core_type_as_installed, forced_blas_core_type FROM environment "
                    + "WHERE blas_gigaflops > 331") == ["Haswell Prescott Haswell"])
    }

    @Test("sqlite alone tells how long a phase of a step took")
    func sqlite() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        try planned.store.append((1...17).map { .step(StoreFixture.step($0)) }, toTrial: trial)
        #expect(
            try fixture.query("SELECT perturb_ns FROM step WHERE trial_id = \(trial) AND step = 17") == [
                "100000017"
            ])
        #expect(
            try fixture.query(
                "SELECT dropped_layers, total_ns FROM step_view WHERE trial_id = \(trial) AND step = 17")
                == ["1 3 4 7 \(StoreFixture.step(17).times.totalNanoseconds)"])
    }

    @Test("twenty thousand steps take less than 80 bytes each")
    func size() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        let dropped = Array(0..<12)
        for start in stride(from: 1, to: 20_000, by: 1000) {
            let events = (start..<start + 1000).map {
                TrialEvent.step(StoreFixture.step($0, dropped: dropped))
            }
            try planned.store.append(events, toTrial: trial)
        }
        let bytes = try #require(
            Int(try fixture.query("SELECT sum(pgsize) FROM dbstat WHERE name = 'step'")[0]))
        #expect(bytes < 80 * 20_000)
        #expect(try planned.store.steps(ofTrial: trial).count == 20_000)
    }
}
