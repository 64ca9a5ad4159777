/// A set of OpenBLAS kernels, by the name that `OPENBLAS_CORETYPE` takes.
///
/// A library older than the CPU may not know its model number and fall back to kernels without the CPU's
/// vector instructions, two to five times slower, without a word. What the CPU can run is therefore decided
/// here from its features, never from its model.
package struct BLASCoreType: Sendable, Hashable, CustomStringConvertible {
    /// OpenBLAS's name, such as `SkylakeX`.
    package let name: String

    /// A core type of that name.
    package init(name: String) {
        self.name = name
    }

    package var description: String { name }

    /// The core type that a CPU with these features deserves; nil where OpenBLAS's own choice stands.
    ///
    /// AVX-512 F, BW, DQ and VL: SkylakeX; AVX2 and FMA: Haswell; AVX: Sandybridge; anything else, and every
    /// 64-bit Arm CPU: nil.
    package static func deserved(by features: ProcessorFeatures) -> BLASCoreType? {
        if features.isSuperset(of: [.avx2, .fma, .avx512f, .avx512bw, .avx512dq, .avx512vl]) {
            return BLASCoreType(name: "SkylakeX")
        }
        if features.isSuperset(of: [.avx2, .fma]) { return BLASCoreType(name: "Haswell") }
        if features.contains(.avx) { return BLASCoreType(name: "Sandybridge") }
        return nil
    }

    /// Whether these kernels are as good as a CPU with these features deserves.
    package func serves(_ features: ProcessorFeatures) -> Bool {
        Self.deserved(by: features).map(isAtLeast) ?? true
    }

    /// Whether these kernels use the same vector instructions as `other`'s, or wider ones.
    package func isAtLeast(_ other: BLASCoreType) -> Bool {
        guard let own = Self.vectorLevels[name.lowercased()],
            let wanted = Self.vectorLevels[other.name.lowercased()]
        else { return name.lowercased() == other.name.lowercased() }
        return own >= wanted
    }

    /// How wide the single-precision kernels of OpenBLAS's x86-64 core types are: 0 SSE, 1 AVX, 2 AVX2 with
    /// FMA (or FMA4's like), 3 AVX-512.
    private static let vectorLevels: [String: Int] = [
        "prescott": 0, "core2": 0, "penryn": 0, "dunnington": 0, "atom": 0, "nehalem": 0, "athlon": 0,
        "opteron": 0, "opteron_sse3": 0, "barcelona": 0, "bobcat": 0, "nano": 0,
        "sandybridge": 1, "bulldozer": 1, "piledriver": 1, "steamroller": 1, "excavator": 1,
        "haswell": 2, "zen": 2,
        "skylakex": 3, "cooperlake": 3, "sapphirerapids": 3,
    ]
}
