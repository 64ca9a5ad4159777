import RandomStreams
import Testing

@Suite("Rounding stream")
struct RoundingStreamTests {
    @Test("a group uses each half of the words of its 16 counters once")
    func layout() {
        let stream = RoundingStream(stepSeed: 31)
        var expected: [UInt16: Int] = [:]
        for counter: UInt64 in 32..<48 {
            let words = Philox4x32.words(counter: counter, key: stream.key)
            for place in 0..<4 {
                expected[UInt16(truncatingIfNeeded: words[place]), default: 0] += 1
                expected[UInt16(words[place] >> 16), default: 0] += 1
            }
        }
        let found = (256..<384).map { stream.bits(at: $0) }
        #expect(found.reduce(into: [:]) { $0[$1, default: 0] += 1 } == expected)
    }

    @Test("steps have keys of their own, which are not the keys of their noise")
    func keys() {
        let keys = (0..<1_000).map { RoundingStream(stepSeed: $0).key }
        #expect(Set(keys).count == 1_000 && Set(keys).isDisjoint(with: 0..<1_000))
    }
}
