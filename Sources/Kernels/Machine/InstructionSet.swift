import CKernels
import Glibc

/// The instruction set that our C kernels run on, chosen once from what CPU and operating system support.
///
/// The environment variable `LEZOBENCH_ISA` (one of the raw values) overrides the choice; a value that is
/// unknown or unsupported here is ignored, and ``ignoredRequest`` tells so.
package enum InstructionSet: String, Sendable, Hashable, Codable, CaseIterable {
    /// The compiler's baseline for the architecture.
    case scalar
    /// AVX2 with FMA and F16C.
    case avx2
    /// AVX-512 F, BW, DQ and VL.
    case avx512
    /// AArch64 Advanced SIMD.
    case neon

    /// The one in use now.
    package static var current: InstructionSet {
        allCases.first { $0.code == ck_isa_current() } ?? .scalar
    }

    /// Those that this machine can run, narrowest first.
    package static var supported: [InstructionSet] {
        allCases.filter { ck_isa_is_supported($0.code) }
    }

    /// The value of `LEZOBENCH_ISA` when it is set but names nothing that this machine can run.
    package static var ignoredRequest: String? {
        guard let value = getenv("LEZOBENCH_ISA") else { return nil }
        let name = String(cString: value)
        return supported.contains { $0.rawValue == name } ? nil : name
    }

    /// Makes all kernels of this process use this one from now on, for tests and benchmarks.
    ///
    /// Not to be called while kernels run on other threads.
    /// - Returns: False, and nothing changes, when the machine cannot run it.
    @discardableResult
    package func force() -> Bool { ck_isa_force(code) }

    private var code: Int32 { ck_isa_named(rawValue) }
}
