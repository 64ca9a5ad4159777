import Kernels
import Testing

@Suite("BLAS library")
struct BLASLibraryTests {
    @Test("wider or equal kernels count as the expected ones, narrower do not")
    func order() {
        func isAtLeast(_ name: String, _ other: String) -> Bool {
            BLASCoreType(name: name).isAtLeast(BLASCoreType(name: other))
        }
        #expect(isAtLeast("SkylakeX", "SkylakeX"))
        #expect(isAtLeast("Cooperlake", "SkylakeX"))
        #expect(isAtLeast("Sapphirerapids", "SkylakeX"))
        #expect(isAtLeast("Zen", "Haswell"))
        #expect(isAtLeast("SkylakeX", "Haswell"))
        #expect(!isAtLeast("Haswell", "SkylakeX"))
        #expect(!isAtLeast("Prescott", "Sandybridge"))
        #expect(!isAtLeast("Prescott", "Haswell"))
        #expect(isAtLeast("NEOVERSEN1", "neoversen1"))
        #expect(!isAtLeast("ARMV8", "NEOVERSEN1"))
    }

    @Test("the loaded library states its version and kernels, and multiplies at some rate")
    func facts() throws {
        #expect(BLASLibrary.configuration.contains("OpenBLAS"))
        #expect(!BLASLibrary.coreType.name.isEmpty && BLASLibrary.coreType.name != "unknown")
        #expect(try BLASLibrary.measuredGigaflops() > 0)
        let expected = BLASLibrary.expectedCoreType
        #expect(BLASLibrary.usesExpectedCoreType == (expected.map(BLASLibrary.coreType.isAtLeast) ?? true))
    }
}
