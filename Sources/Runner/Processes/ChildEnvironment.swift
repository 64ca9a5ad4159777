import Foundation
package import Kernels

/// How children of this program are started: with the BLAS kernels that this processor deserves.
///
/// OpenBLAS reads its variables when it is loaded, so only a new process can be given another core type. Variables
/// of OpenBLAS that the caller's environment happens to set are taken away: they would change times and bits
/// without a trace in the results.
package struct ChildEnvironment: Sendable {
    /// Who chooses the BLAS kernels of a child.
    package enum CoreTypeChoice: Sendable, Hashable {
        /// We do, from the processor's features, unless BLAS chooses as well by itself.
        case deserved
        /// BLAS does, as installed and without variables.
        case asInstalled
        /// The caller does.
        case named(BLASCoreType)
    }

    /// The variable by which a user overrules the choice, such as for measuring other kernels on purpose.
    package static let overrulingVariable = "LEZOBENCH_BLAS_CORETYPE"

    /// Whether a user overrules the choice.
    package static var isOverruled: Bool {
        ProcessInfo.processInfo.environment[overrulingVariable] != nil
    }

    /// The program to start, normally this one.
    package let executable: String
    /// The variables that a child sees.
    package let variables: [String: String]
    /// The core type that children are told to use; nil where BLAS is left to choose.
    package let forcedCoreType: BLASCoreType?

    /// Children of `executable` that inherit the given variables, or this process's.
    package init(
        _ choice: CoreTypeChoice = .deserved, executable: String = ChildEnvironment.ownExecutable(),
        inheriting inherited: [String: String]? = nil
    ) {
        let inherited = inherited ?? ProcessInfo.processInfo.environment
        var variables = inherited.filter { !$0.key.hasPrefix("OPENBLAS_") }
        let forced =
            switch choice {
            case .asInstalled: BLASCoreType?.none
            case .named(let coreType): coreType
            case .deserved:
                Self.coreTypeToForce(
                    inherited: inherited, inUse: BLASLibrary.coreType, features: .current)
            }
        variables[BLASLibrary.coreTypeVariable] = forced?.name
        // Our own team cuts products into tiles; a second layer of threads would only fight with it.
        variables["OPENBLAS_NUM_THREADS"] = "1"
        self.executable = executable
        self.variables = variables
        forcedCoreType = forced
    }

    /// The core type that children must be told to use, nil where BLAS can be left to choose.
    ///
    /// - Parameters:
    ///   - inherited: The variables of this process.
    ///   - inUse: The core type that BLAS uses in this process.
    ///   - features: What the processor has.
    package static func coreTypeToForce(
        inherited: [String: String], inUse: BLASCoreType, features: ProcessorFeatures
    ) -> BLASCoreType? {
        if let overruled = inherited[overrulingVariable] { return BLASCoreType(name: overruled) }
        // With a variable set, this process does not show what BLAS would choose by itself.
        let choseFreely = inherited[BLASLibrary.coreTypeVariable] == nil
        return choseFreely && inUse.serves(features) ? nil : BLASCoreType.deserved(by: features)
    }

    /// The path of the running program.
    package static func ownExecutable() -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
    }
}
