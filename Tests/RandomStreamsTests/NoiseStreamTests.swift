import RandomStreams
import Testing

@Suite("Noise stream")
struct NoiseStreamTests {
    @Test("a Gaussian group uses each draw of its 16 counters once")
    func gaussianLayout() {
        let stream = NoiseStream(seed: 21, distribution: .gaussian)
        let values = Set((64..<128).map { stream.value(at: $0) })
        var expected = Set<Float>()
        for counter: UInt64 in 16..<32 {
            let words = Philox4x32.words(counter: counter, key: 21)
            let low = BoxMuller.draws(radiusWord: words[0], angleWord: words[1])
            let high = BoxMuller.draws(radiusWord: words[2], angleWord: words[3])
            expected.formUnion([low.cosine, low.sine, high.cosine, high.sine])
        }
        #expect(values == expected && values.count == 64)
    }

    @Test("a block of signs uses each bit of its 16 counters once")
    func signLayout() {
        let stream = NoiseStream(seed: 22, distribution: .rademacher)
        let values = (4_096..<6_144).map { stream.value(at: $0) }
        #expect(values.allSatisfy { abs($0) == 1 })
        var setBits = 0
        for counter: UInt64 in 32..<48 {
            let words = Philox4x32.words(counter: counter, key: 22)
            for place in 0..<4 { setBits += words[place].nonzeroBitCount }
        }
        #expect(values.count { $0 == -1 } == setBits)
    }
}
