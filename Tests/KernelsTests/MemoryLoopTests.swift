import Kernels
import Testing

@Suite("Plain loops over memory", .serialized)
struct MemoryLoopTests {
    private static let counts = [0, 1, 15, 63, 64, 65, 1000, 4111]

    @Test(
        "add, copy and maximum do to every element what they say, on every instruction set", arguments: counts
    )
    func values(count: Int) throws {
        let before = InstructionSet.current
        defer { before.force() }
        for set in InstructionSet.supported {
            set.force()
            for threads in [1, 3] {
                let team = ThreadTeam(threadCount: threads)
                var values = (0..<count).map { Float($0 * 37 % 101) }
                let expected = values.map { $0 + 0.5 }
                var copied = [Float](repeating: -1, count: count)
                var largest: Float = 0
                values.withUnsafeMutableBufferPointer { values in
                    MemoryLoops.add(0.5, to: values, team: team)
                    copied.withUnsafeMutableBufferPointer {
                        MemoryLoops.copy(values, to: $0, team: team)
                    }
                    largest = MemoryLoops.maximum(of: values, team: team)
                }
                #expect(values == expected)
                #expect(copied == expected)
                #expect(largest == expected.max() ?? -.infinity)
            }
        }
    }
}
