import Kernels
import Runner
import Testing

@Suite("Environment of children")
struct ChildEnvironmentTests {
    private static let avx2: ProcessorFeatures = [.avx, .avx2, .fma]
    private static let avx512: ProcessorFeatures = [
        .avx, .avx2, .fma, .avx512f, .avx512bw, .avx512dq, .avx512vl,
    ]

    private func forced(
        _ inUse: String, _ features: ProcessorFeatures, variables: [String: String] = [:]
    ) -> String? {
        ChildEnvironment.coreTypeToForce(
            inherited: variables, inUse: BLASCoreType(name: inUse), features: features)?.name
    }

    @Test("a core type is forced where BLAS would choose narrower kernels by itself, and only there")
    func choice() {
        let cases: [(String, ProcessorFeatures, String?)] = [
            ("Prescott", Self.avx512, "SkylakeX"), ("Haswell", Self.avx512, "SkylakeX"),
            ("SkylakeX", Self.avx512, nil), ("Sapphirerapids", Self.avx512, nil),
            ("Prescott", Self.avx2, "Haswell"), ("Haswell", Self.avx2, nil), ("Zen", Self.avx2, nil),
            ("Prescott", [.avx], "Sandybridge"), ("Sandybridge", [.avx], nil), ("Prescott", [], nil),
            // 64-bit Arm: no x86-64 features, and names that this program does not judge.
            ("neoversen1", [], nil), ("armv8", [], nil), ("cortexa76", [], nil),
        ]
        for (inUse, features, expected) in cases {
            #expect(forced(inUse, features) == expected, "\(inUse) on \(features)")
        }
    }

    @Test("a variable that chose for this process does not show that BLAS would choose well")
    func inheritedVariable() {
        #expect(forced("SkylakeX", Self.avx512, variables: ["OPENBLAS_CORETYPE": "SkylakeX"]) == "SkylakeX")
        #expect(forced("neoversen1", [], variables: ["OPENBLAS_CORETYPE": "neoversen1"]) == nil)
    }

    @Test("a user's own choice overrules the features")
    func overruled() {
        let variables = [ChildEnvironment.overrulingVariable: "Haswell"]
        #expect(forced("SkylakeX", Self.avx512, variables: variables) == "Haswell")
    }

    @Test("children see the choice and no other variable of OpenBLAS, and one thread of it")
    func variables() {
        let inherited = ["OPENBLAS_VERBOSE": "2", "OPENBLAS_NUM_THREADS": "8", "HOME": "/home/x"]
        let named = ChildEnvironment(
            .named(BLASCoreType(name: "Haswell")), executable: "/bin/true", inheriting: inherited)
        #expect(
            named.variables == [
                "OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1", "HOME": "/home/x",
            ])
        #expect(named.forcedCoreType?.name == "Haswell")
        let installed = ChildEnvironment(
            .asInstalled, executable: "/bin/true", inheriting: ["OPENBLAS_CORETYPE": "Haswell"])
        #expect(installed.variables == ["OPENBLAS_NUM_THREADS": "1"])
        #expect(installed.forcedCoreType == nil)
    }
}
