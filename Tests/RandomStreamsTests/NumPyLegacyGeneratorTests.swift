import Foundation
import RandomStreams
import Testing

/// What NumPy drew; written by Fixtures/make_numpy_legacy.py.
private struct Golden: Decodable {
    struct Permutation: Decodable {
        let seed: UInt32
        let count: Int
        let first: [Int]
        let checksum: UInt64
        let next: Double
    }
    struct Shuffle: Decodable {
        let seed: UInt32
        let letters: [String]
        let thenTriples: [Int]
    }
    struct Integers: Decodable {
        struct Draw: Decodable {
            let low: Int
            let high: Int
            let value: Int
        }
        let seed: UInt32
        let draws: [Draw]
    }
    struct Doubles: Decodable {
        let seed: UInt32
        let values: [Double]
    }
    let permutations: [Permutation]
    let shuffles: [Shuffle]
    let integers: [Integers]
    let doubles: [Doubles]

    static func load() throws -> Golden {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/numpy_legacy.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}

@Suite("NumPy's legacy generator")
struct NumPyLegacyGeneratorTests {
    @Test("permutation(n) is NumPy's, and so is what comes after it")
    func permutations() throws {
        let golden = try Golden.load()
        #expect(golden.permutations.count == 136)
        for expected in golden.permutations {
            var generator = NumPyLegacyGenerator(seed: expected.seed)
            let order = generator.permutation(expected.count)
            let place = "seed \(expected.seed), count \(expected.count)"
            #expect(Array(order.prefix(12)) == expected.first, "\(place)")
            #expect(checksum(order) == expected.checksum, "\(place)")
            #expect(generator.unitDouble() == expected.next, "\(place)")
        }
    }

    @Test("shuffle of a list and of an array are NumPy's")
    func shuffles() throws {
        for expected in try Golden.load().shuffles {
            var generator = NumPyLegacyGenerator(seed: expected.seed)
            var letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
            generator.shuffle(&letters)
            var triples = (0..<50).map { $0 * 3 }
            generator.shuffle(&triples)
            #expect(letters == expected.letters)
            #expect(triples == expected.thenTriples)
        }
    }

    @Test("randint(low, high) is NumPy's, for narrow and wide ranges")
    func integers() throws {
        for expected in try Golden.load().integers {
            var generator = NumPyLegacyGenerator(seed: expected.seed)
            for draw in expected.draws {
                #expect(generator.integer(in: draw.low..<draw.high) == draw.value)
            }
        }
    }

    @Test("random_sample() is NumPy's across a regeneration of the state")
    func doubles() throws {
        for expected in try Golden.load().doubles {
            var generator = NumPyLegacyGenerator(seed: expected.seed)
            let all = (0..<700).map { _ in generator.unitDouble() }
            #expect(stride(from: 0, to: 700, by: 35).map { all[$0] } == expected.values)
        }
    }

    private func checksum(_ values: [Int]) -> UInt64 {
        values.enumerated().reduce(0) { $0 &+ UInt64($1.offset + 1) &* UInt64($1.element) }
    }
}
