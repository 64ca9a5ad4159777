import Kernels
import Testing

@Suite("Instruction set", .serialized)
struct NoiseInstructionSetTests {
    @Test("scalar code runs everywhere and the current set is a supported one")
    func currentIsSupported() {
        let supported = InstructionSet.supported
        #expect(supported.contains(.scalar))
        #expect(supported.contains(InstructionSet.current))
    }

    @Test("a set of another architecture cannot be forced and leaves the choice alone")
    func foreignSetIsRefused() {
        #if arch(x86_64)
            let foreign = InstructionSet.neon
        #else
            let foreign = InstructionSet.avx2
        #endif
        #expect(!foreign.force())
        #expect(InstructionSet.current != foreign)
    }
}
