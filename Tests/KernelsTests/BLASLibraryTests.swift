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

    private static let avx2: ProcessorFeatures = [.avx, .avx2, .fma]
    private static let avx512: ProcessorFeatures = [
        .avx, .avx2, .fma, .avx512f, .avx512bw, .avx512dq, .avx512vl,
    ]

    @Test("the core type follows from features alone")
    func deserved() {
        let cases: [(ProcessorFeatures, String?)] = [
            (Self.avx512, "SkylakeX"),
            // Xeon Phi has AVX-512 F without BW, DQ and VL.
            (Self.avx2.union(.avx512f), "Haswell"),
            (Self.avx512.subtracting(.avx512vl), "Haswell"), (Self.avx512.subtracting(.fma), "Sandybridge"),
            (Self.avx2, "Haswell"), ([.avx, .avx2], "Sandybridge"), ([.avx, .fma], "Sandybridge"),
            ([.avx], "Sandybridge"), ([], nil),
        ]
        for (features, expected) in cases {
            #expect(BLASCoreType.deserved(by: features)?.name == expected, "\(features)")
        }
    }

    @Test(
        "every core type of OpenBLAS on 64-bit Arm serves, whatever its name",
        arguments: [
            "armv8", "cortexa53", "cortexa55", "cortexa57", "cortexa72", "cortexa73", "cortexa76",
            "cortexa710",
            "cortexx1", "cortexx2", "neoversen1", "neoversen2", "neoversev1", "neoversev2", "falkor",
            "thunderx",
            "thunderx2t99", "thunderx3t110", "tsv110", "emag8180", "vortex", "vortexm4", "a64fx", "ft2000",
            "armv8sve", "armv9sme",
        ])
    func arm(_ name: String) {
        #expect(BLASCoreType(name: name).serves([]))
        #expect(BLASCoreType(name: name.uppercased()).serves([]))
    }

    @Test("a core type serves when its vectors are as wide as the processor's")
    func serves() {
        let cases: [(String, ProcessorFeatures, Bool)] = [
            ("Prescott", Self.avx512, false), ("Haswell", Self.avx512, false), ("Zen", Self.avx512, false),
            ("SkylakeX", Self.avx512, true), ("Cooperlake", Self.avx512, true),
            ("Sapphirerapids", Self.avx512, true),
            ("Prescott", Self.avx2, false), ("Sandybridge", Self.avx2, false), ("Haswell", Self.avx2, true),
            ("Zen", Self.avx2, true), ("Nehalem", [.avx], false), ("Bulldozer", [.avx], true),
            ("Prescott", [], true),
        ]
        for (name, features, expected) in cases {
            #expect(BLASCoreType(name: name).serves(features) == expected, "\(name), \(features)")
        }
    }

    @Test("features are named as processors' makers name them")
    func names() {
        #expect(Self.avx2.description == "AVX, AVX2, FMA")
        #expect(ProcessorFeatures([]).description == "none of AVX")
        if InstructionSet.supported.contains(.avx2) {
            #expect(ProcessorFeatures.current.isSuperset(of: Self.avx2))
        }
    }

    @Test("the loaded library states its version and kernels, and multiplies at some rate")
    func facts() throws {
        #expect(BLASLibrary.configuration.contains("OpenBLAS"))
        #expect(!BLASLibrary.coreType.name.isEmpty && BLASLibrary.coreType.name != "unknown")
        #expect(try BLASLibrary.measuredGigaflops() > 0)
        #expect(try BLASLibrary.measuredGigaflops(team: ThreadTeam(threadCount: 2)) > 0)
        let expected = BLASLibrary.expectedCoreType
        #expect(BLASLibrary.usesExpectedCoreType == (expected.map(BLASLibrary.coreType.isAtLeast) ?? true))
    }
}
