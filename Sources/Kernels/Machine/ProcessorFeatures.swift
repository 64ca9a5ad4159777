import CKernels

/// The vector extensions of an x86-64 processor, as far as the choice of BLAS kernels rests on them.
///
/// Empty on every other architecture: what a 64-bit Arm processor has is left to the library to find out.
package struct ProcessorFeatures: OptionSet, Sendable, Hashable, CustomStringConvertible {
    /// One bit a feature, as `ck_cpu_feature` of the C kernels numbers them.
    package let rawValue: UInt32

    /// Features from their bits.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    private init(_ feature: ck_cpu_feature) {
        self.init(rawValue: feature.rawValue)
    }

    /// 256-bit floating-point vectors.
    package static let avx = ProcessorFeatures(CK_CPU_AVX)
    /// 256-bit integer vectors.
    package static let avx2 = ProcessorFeatures(CK_CPU_AVX2)
    /// Fused multiply-add.
    package static let fma = ProcessorFeatures(CK_CPU_FMA)
    /// 512-bit vectors: the foundation of AVX-512.
    package static let avx512f = ProcessorFeatures(CK_CPU_AVX512F)
    /// 512-bit vectors of bytes and 16-bit words.
    package static let avx512bw = ProcessorFeatures(CK_CPU_AVX512BW)
    /// More 512-bit operations on 32- and 64-bit elements.
    package static let avx512dq = ProcessorFeatures(CK_CPU_AVX512DQ)
    /// AVX-512 operations on 128- and 256-bit vectors.
    package static let avx512vl = ProcessorFeatures(CK_CPU_AVX512VL)

    /// Those of this processor, as far as the operating system lets programs use them.
    package static var current: ProcessorFeatures { ProcessorFeatures(rawValue: ck_cpu_features()) }

    private static let names: [(feature: ProcessorFeatures, name: String)] = [
        (.avx, "AVX"), (.avx2, "AVX2"), (.fma, "FMA"), (.avx512f, "AVX-512 F"), (.avx512bw, "AVX-512 BW"),
        (.avx512dq, "AVX-512 DQ"), (.avx512vl, "AVX-512 VL"),
    ]

    /// Their usual names, such as `AVX, AVX2, FMA`; `none of AVX` when there are none.
    package var description: String {
        let present = Self.names.filter { contains($0.feature) }.map(\.name)
        return present.isEmpty ? "none of AVX" : present.joined(separator: ", ")
    }
}
