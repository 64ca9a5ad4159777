import Provenance
import Testing

@Suite("Load samples")
struct LoadSampleTests {
    private let stat = "cpu  1000 20 300 9000 50 6 7 8 0 0\ncpu0 500 10 150 4500 25 3 3 4 0 0\n"
    private let selfStat =
        "4711 (a) name (b) R 1 4711 4711 0 -1 4194304 100 0 0 0 120 30 40 10 20 0 2 0 12345 1000 200 18446744073709551615"

    @Test("load averages are the first three numbers")
    func averages() {
        #expect(LoadSample.loadAverages(text: "0.52 1.58 2.59 3/201 4711\n") == (0.52, 1.58, 2.59))
        #expect(LoadSample.loadAverages(text: "") == (0, 0, 0))
    }

    @Test("busy ticks leave out idle and waiting, and own ones count waited-for children")
    func ticks() throws {
        let ticks = try #require(BusyTicks(stat: stat, selfStat: selfStat))
        #expect(ticks.all == 1000 + 20 + 300 + 6 + 7 + 8)
        #expect(ticks.own == 120 + 30 + 40 + 10)
        #expect(BusyTicks(stat: "", selfStat: selfStat) == nil)
        #expect(BusyTicks(stat: stat, selfStat: "4711 (x) R 1") == nil)
    }

    @Test("others are busy with what is not ours")
    func others() throws {
        let first = try #require(BusyTicks(stat: stat, selfStat: selfStat))
        var last = first
        last.all += 50
        last.own += 30
        #expect(BusyTicks.others(from: first, to: last, elapsedSeconds: 0.2, ticksPerSecond: 100) == 1)
        #expect(BusyTicks.others(from: last, to: first, elapsedSeconds: 0.2, ticksPerSecond: 100) == 0)
        #expect(BusyTicks.others(from: nil, to: first, elapsedSeconds: 0.2, ticksPerSecond: 100) == 0)
    }
}
