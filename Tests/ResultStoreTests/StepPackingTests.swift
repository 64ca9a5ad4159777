import Foundation
import GRDB
import Optimizers
import ResultStore
import TestSupport
import Testing
import Training

@Suite("Packing of steps")
struct StepPackingTests {
    private static let blockCount = StepBlock.largestCount

    private func rowsAndBlocks(_ fixture: StoreFixture) throws -> [String] {
        try fixture.query("SELECT count(*) FROM step_row")
            + fixture.query("SELECT step_count FROM step_block ORDER BY 1")
    }

    @Test("a finished trial has its steps in blocks alone, and every reader sees them as before")
    func finished() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let steps = (1...5).map { StoreFixture.step($0) }
        try planned.store.append(steps.map(TrialEvent.step), toTrial: id)
        #expect(try rowsAndBlocks(fixture) == ["5"])
        let end = TrialSummary(steps: 5, bestStep: 5, weightsDigest: "ff", peakResidentBytes: 1)
        try planned.store.append([.finished(end)], toTrial: id)
        #expect(try rowsAndBlocks(fixture) == ["0", "5"])
        #expect(try planned.store.steps(ofTrial: id) == steps)
        let snapshot = try planned.store.snapshot(suiteNamed: "example")
        #expect(snapshot.cells.flatMap(\.trials).first { $0.id == id }?.steps == steps)
        #expect(try planned.store.trials(suiteID: planned.suiteID).first { $0.id == id }?.completedSteps == 5)
        #expect(
            try fixture.query("SELECT steps_stored FROM trial_view WHERE trial_id = \(id)") == ["5"])
        // A child that says it again is compared with the block.
        try planned.store.append([.step(steps[2])], toTrial: id)
        var other = steps[2]
        other.lossMinus = other.lossMinus.nextUp
        #expect(throws: ResultStoreError.self) { try planned.store.append([.step(other)], toTrial: id) }
    }

    @Test("steps under way are packed by whole blocks, and a resumed trial goes on behind them")
    func underWay() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let steps = (1...Self.blockCount + 40).map { StoreFixture.step($0) }
        let before = steps.prefix(Self.blockCount - 1).map(TrialEvent.step)
        try planned.store.append(before, toTrial: id)
        #expect(try rowsAndBlocks(fixture) == ["\(Self.blockCount - 1)"])
        try planned.store.append(steps[(Self.blockCount - 1)...].prefix(8).map(TrialEvent.step), toTrial: id)
        #expect(try rowsAndBlocks(fixture) == ["7", "\(Self.blockCount)"])
        try planned.store.append([.interrupted(step: Self.blockCount + 7)], toTrial: id)
        _ = try planned.begin()
        #expect(
            try fixture.query("SELECT steps_before FROM attempt ORDER BY id DESC LIMIT 1") == [
                "\(Self.blockCount + 7)"
            ])
        // The last batch may come twice, and one step of it lies in the block.
        try planned.store.append(steps[(Self.blockCount - 1)...].map(TrialEvent.step), toTrial: id)
        let gap = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(StoreFixture.step(steps.count + 2))], toTrial: id)
        }
        #expect(gap?.kind == .conflict)
        #expect(try planned.store.steps(ofTrial: id) == steps)
        let end = TrialSummary(steps: steps.count, bestStep: 1, weightsDigest: "ff", peakResidentBytes: 1)
        try planned.store.append([.finished(end)], toTrial: id)
        #expect(try rowsAndBlocks(fixture) == ["0", "40", "\(Self.blockCount)"])
        #expect(try planned.store.steps(ofTrial: id) == steps)
    }

    @Test("a batch that is refused at its end packs nothing")
    func refused() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        try planned.store.append([.step(StoreFixture.step(1))], toTrial: id)
        let wrong = TrialSummary(steps: 9, bestStep: 1, weightsDigest: "ff", peakResidentBytes: 1)
        #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(StoreFixture.step(2)), .finished(wrong)], toTrial: id)
        }
        #expect(try rowsAndBlocks(fixture) == ["1"])
    }

    @Test("the view of all steps gives what rows give, to the bit, and step 17 of a trial by SQL alone")
    func view() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        var random = SplitMix(state: 4)
        let steps = (1...40).map { number in
            var step = StoreFixture.step(number)
            // The range of float32, down to its subnormal numbers, and gradients that do not follow.
            step.lossPlus = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            if !step.lossPlus.isFinite || number == 3 { step.lossPlus = .leastNonzeroMagnitude }
            step.seed = random.next()
            step.times.selectNanoseconds = Int64(random.next() >> 8)
            return step
        }
        // Gradients that follow: the settings of the suite's cells have ε = 1e-3.
        let following = steps.map { step in
            var step = step
            (step.lossPlus, step.lossMinus) = (Float(random.uniform()), Float(random.uniform()))
            step.projectedGradient = (step.lossPlus - step.lossMinus) / (2 * 1e-3)
            return step
        }
        let columns = """
            SELECT step, seed, loss_plus, loss_minus, projected_gradient, dropped_bits, dropped_bits_63, select_ns,
                perturb_ns, forward_ns, update_ns, float_bits FROM step WHERE trial_id =
            """
        for (index, steps) in [steps, following].enumerated() {
            let id = try planned.begin(index)
            try planned.store.append(steps.map(TrialEvent.step), toTrial: id)
            let rows = try fixture.query("\(columns) \(id) ORDER BY step")
            #expect(rows.count == 40)
            let end = TrialSummary(steps: 40, bestStep: 1, weightsDigest: "ff", peakResidentBytes: 1)
            try planned.store.append([.finished(end)], toTrial: id)
            #expect(try rowsAndBlocks(fixture).first == "0")
            #expect(
                try fixture.query("SELECT perturbation_scale IS NULL FROM step_block WHERE trial_id = \(id)")
                    == [index == 0 ? "1" : "0"])
            #expect(try fixture.query("\(columns) \(id) ORDER BY step") == rows)
            #expect(
                try fixture.query("SELECT perturb_ns FROM step WHERE trial_id = \(id) AND step = 17") == [
                    "100000017"
                ])
            #expect(
                try fixture.query(
                    "SELECT dropped_layers FROM step_view WHERE trial_id = \(id) AND step = 17") == [
                        "1 3 4 7"
                    ])
        }
    }

    @Test("a kill between any two transactions leaves each step once")
    func killed() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let steps = (1...Self.blockCount + 6).map { StoreFixture.step($0) }
        try planned.store.append(steps.prefix(Self.blockCount - 3).map(TrialEvent.step), toTrial: id)
        for count in (Self.blockCount - 2)...steps.count {
            try planned.store.append([.step(steps[count - 1])], toTrial: id)
            let copy = try StoreFixture()
            for file in try fixture.files() where !file.hasSuffix("-shm") {
                try FileManager.default.copyItem(
                    atPath: fixture.folder + "/" + file, toPath: copy.folder + "/" + file)
            }
            #expect(try copy.open().steps(ofTrial: id) == Array(steps.prefix(count)))
        }
    }

    @Test("a block that was damaged is named with its trial")
    func damaged() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let end = TrialSummary(steps: 2, bestStep: 2, weightsDigest: "ff", peakResidentBytes: 1)
        try planned.store.append(
            [.step(StoreFixture.step(1)), .step(StoreFixture.step(2)), .finished(end)], toTrial: id)
        try planned.store.close()
        func problem(_ sql: String) throws -> String? {
            let copy = try StoreFixture()
            try FileManager.default.copyItem(atPath: fixture.path, toPath: copy.path)
            let queue = try DatabaseQueue(path: copy.path)
            try queue.write { try $0.execute(sql: sql) }
            try queue.close()
            let error = #expect(throws: ResultStoreError.self) { try copy.open(.readOnly).steps(ofTrial: id) }
            #expect(error?.kind == .damaged)
            return error?.problem
        }
        let start = "the block of steps of trial \(id) from 1 on is damaged: "
        #expect(
            try problem("UPDATE step_block SET loss_plus = substr(loss_plus, 2)")
                == start + "column loss_plus has 7 bytes for 2 steps, 4 expected for each")
        #expect(
            try problem("UPDATE step_block SET step_count = 3")
                == start + "column seed has 16 bytes for 3 steps, 8 expected for each")
    }
}

@Suite("Size of a database")
struct DatabaseSizeSlowTests {
    @Test("a trial of 20,000 steps on a model of 24 layers, with its evaluations, takes less than a megabyte")
    func longTrial() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let before = try usedBytes(fixture)
        var random = SystemRandomNumberGenerator()
        func time(_ nanoseconds: Double) -> Int64 {
            Int64(nanoseconds * .random(in: 0.8...1.2, using: &random))
        }
        func evaluation(_ step: Int, _ split: EvaluationSplit, _ count: Int) -> TrialEvent {
            .evaluation(
                EvaluationRecord(
                    step: step, split: split, loss: .random(in: 0.1...1), metric: "accuracy",
                    value: .random(in: 0...1), nanoseconds: time(1e11),
                    predictions: (0..<count).map { index in
                        Prediction(
                            exampleID: "val:\(index)", chosenOption: index % 2, goldOption: 1,
                            optionScores: [.random(in: -9...0), .random(in: -9...0)], text: nil,
                            score: Double(index % 2))
                    }))
        }
        let steps = (1...20_000).map { number in
            let loss = Float.random(in: 0.1...1)
            let other = loss + .random(in: -0.01...0.01)
            return StepRecord(
                step: number, seed: .random(in: .min ... .max), lossPlus: loss, lossMinus: other,
                projectedGradient: (loss - other) / (2 * 1e-3),
                droppedLayers: Array((0..<24).shuffled().prefix(12)).sorted(),
                times: PhaseTimes(
                    selectNanoseconds: time(2e4), perturbNanoseconds: time(1e9),
                    forwardNanoseconds: time(4e9),
                    updateNanoseconds: time(4e8)))
        }
        for start in stride(from: 0, to: steps.count, by: 16) {
            try planned.store.append(steps[start...].prefix(16).map(TrialEvent.step), toTrial: id)
            if (start + 16) % 4000 == 0 {
                try planned.store.append([evaluation(start + 16, .dev, 500)], toTrial: id)
            }
        }
        let end = TrialSummary(steps: 20_000, bestStep: 8000, weightsDigest: "ff", peakResidentBytes: 1)
        try planned.store.append([evaluation(8000, .test, 1000), .finished(end)], toTrial: id)
        #expect(try planned.store.steps(ofTrial: id) == steps)
        let bytes = try usedBytes(fixture) - before
        print("20,000 steps with evaluations: \(bytes) bytes")
        #expect(bytes < 1_000_000, "\(bytes)")
    }

    /// The bytes of all pages that hold something.
    private func usedBytes(_ fixture: StoreFixture) throws -> Int {
        let pages = try fixture.query(
            """
            SELECT page_size * (page_count - freelist_count)
            FROM pragma_page_size, pragma_page_count, pragma_freelist_count
            """)
        return try #require(Int(pages[0]))
    }
}
