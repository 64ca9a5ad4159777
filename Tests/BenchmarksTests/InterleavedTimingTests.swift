import Benchmarks
import Testing

/// A clock that stands still until somebody works, and a diary of who did.
private final class Workshop {
    private(set) var time: Int64 = 0
    private(set) var diary: [String] = []

    func work(_ name: String, nanoseconds: Int64, afterwards: Int64 = 0) -> TimedWork {
        TimedWork(
            run: {
                self.time += nanoseconds
                self.diary.append(name)
            }, afterwards: { self.time += afterwards })
    }

    func timing(rounds: Int, sampleNanoseconds: Int64 = 0) -> InterleavedTiming {
        InterleavedTiming(roundCount: rounds, sampleNanoseconds: sampleNanoseconds, now: { self.time })
    }
}

@Suite("Interleaved timing")
struct InterleavedTimingTests {
    @Test("every round begins with another work, and what follows a sample is not timed")
    func rotates() {
        let shop = Workshop()
        let works = [
            shop.work("a", nanoseconds: 10, afterwards: 1000), shop.work("b", nanoseconds: 20),
            shop.work("c", nanoseconds: 30),
        ]
        let times = shop.timing(rounds: 4).run(works)
        #expect(times.map(\.nanoseconds) == [[10, 10, 10, 10], [20, 20, 20, 20], [30, 30, 30, 30]])
        #expect(shop.diary.suffix(12) == ["a", "b", "c", "b", "c", "a", "c", "a", "b", "a", "b", "c"])
    }

    @Test("a short work is repeated until a sample is long enough, and its time is that of one call")
    func repeats() {
        let shop = Workshop()
        let times = shop.timing(rounds: 2, sampleNanoseconds: 100).run([shop.work("a", nanoseconds: 7)])
        #expect(times.map(\.nanoseconds) == [[7, 7]])
        // Once to warm up, once to learn its length, then twice 15 times.
        #expect(shop.diary.count == 2 + 2 * 15)
    }
}
