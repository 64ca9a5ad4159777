import CKernels

/// The vector extensions of an x86-64 processor, as far as the choice of BLAS kernels rests on them.
///
/// Empty on every other architecture: what a 64-bit Arm processor has is left to the library to find out.
package struct ProcessorFeatures: OptionSet, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    private init(_ feature: ck_cpu_feature) {
        self.init(rawValue: feature.rawValue)
    }

    package static let avx = ProcessorFeatures(CK_CPU_AVX)
    package static let avx2 = ProcessorFeatures(CK_CPU_AVX2)
    package static let fma = ProcessorFeatures(CK_CPU_FMA)
    package static let avx512f = ProcessorFeatures(CK_CPU_AVX512F)
    package static let avx512bw = ProcessorFeatures(CK_CPU_AVX512BW)
    package static let avx512dq = ProcessorFeatures(CK_CPU_AVX512DQ)
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
