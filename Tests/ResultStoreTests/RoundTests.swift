import Foundation
import ResultStore
import Testing

@Suite("Timing rounds")
struct RoundTests {
    private func append(_ planned: PlannedStore, cell: Int, round: Int) throws {
        try planned.store.replaceRound(
            suiteID: planned.suiteID, cellID: planned.cells[cell].id, round: round, position: 1 - cell,
            environmentID: planned.environmentID, loadBefore: StoreFixture.load, loadAfter: StoreFixture.load,
            warmupSteps: 1, steps: [StoreFixture.step(2), StoreFixture.step(3)], peakResidentBytes: 4096)
    }

    @Test("a round comes back with its timed steps, its place and its load")
    func snapshot() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        try append(planned, cell: 1, round: 2)
        try append(planned, cell: 1, round: 1)
        let id = planned.cells[1].id
        #expect(
            try planned.store.finishedRounds(suiteID: planned.suiteID)
                == [RoundKey(cellID: id, round: 1), RoundKey(cellID: id, round: 2)])
        let cells = try planned.store.snapshot(suiteNamed: "example").cells
        let rounds = try #require(cells.first { $0.id == id }).rounds
        #expect(rounds.map(\.round) == [1, 2])
        #expect(rounds[0].steps == [StoreFixture.step(2), StoreFixture.step(3)])
        #expect(rounds[0].position == 0)
        #expect(rounds[0].peakResidentBytes == 4096)
        #expect(rounds[0].environmentID == planned.environmentID)
        #expect(rounds[0].load == MachineLoad(before: 0.25, after: 0.25))
        #expect(try #require(cells.first { $0.id != id }).rounds.isEmpty)
    }

    @Test("a round that is taken anew replaces the one that is there, steps and all")
    func twice() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        try append(planned, cell: 0, round: 1)
        try planned.store.replaceRound(
            suiteID: planned.suiteID, cellID: planned.cells[0].id, round: 1, position: 1,
            environmentID: planned.environmentID, loadBefore: StoreFixture.load, loadAfter: StoreFixture.load,
            warmupSteps: 0, steps: [StoreFixture.step(5)], peakResidentBytes: 8192)
        let cells = try planned.store.snapshot(suiteNamed: "example").cells
        let rounds = try #require(cells.first { $0.id == planned.cells[0].id }).rounds
        #expect(rounds.map(\.steps) == [[StoreFixture.step(5)]])
        #expect(try fixture.query("SELECT count(*) FROM round_step") == ["1"])
    }

    @Test("the view gives mean phase times")
    func view() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        try append(planned, cell: 0, round: 1)
        let rows = try fixture.query(
            "SELECT suite, workload, method, timed_steps, mean_perturb_ns FROM round_view")
        #expect(rows == ["example sst2 mezo 2 100000002.5"])
    }
}
