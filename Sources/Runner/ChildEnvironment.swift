import Foundation
package import Kernels

/// How children of this program are started: with the BLAS kernels that this processor deserves.
///
/// OpenBLAS reads `OPENBLAS_CORETYPE` when it is loaded, so only a new process can be given another core type.
package struct ChildEnvironment: Sendable {
    /// The program to start, normally this one.
    package let executable: String
    /// The variables that a child sees.
    package let variables: [String: String]

    /// Children of `executable` that inherit the given variables, or this process's,, with the core type and one BLAS thread set.
    ///
    /// A core type that the user set stays; none is set where BLAS already chose well, or where none is known.
    package init(
        executable: String = ChildEnvironment.ownExecutable(),
        inheriting inherited: [String: String]? = nil
    ) {
        var variables = inherited ?? ProcessInfo.processInfo.environment
        if variables[BLASLibrary.coreTypeVariable] == nil, let coreType = Self.coreTypeToForce {
            variables[BLASLibrary.coreTypeVariable] = coreType.name
        }
        // Our own team cuts products into tiles; a second layer of threads would only fight with it.
        variables["OPENBLAS_NUM_THREADS"] = "1"
        self.executable = executable
        self.variables = variables
    }

    /// The core type that children must be told to use; nil where BLAS chose well by itself or none is known.
    package static var coreTypeToForce: BLASCoreType? {
        BLASLibrary.usesExpectedCoreType ? nil : BLASLibrary.expectedCoreType
    }

    /// The path of the running program.
    package static func ownExecutable() -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}
