import Glibc
import Kernels

/// Gives the running process the BLAS kernels that its processor deserves.
package enum ProperBLAS {
    /// Replaces this process by itself in the environment that trials get, unless it already runs in it.
    ///
    /// - Throws: ``RunnerError/cannotStartChild(executable:reason:)`` when the system refuses.
    package static func relaunchIfNeeded() throws(RunnerError) {
        let environment = ChildEnvironment()
        let wanted = environment.variables[BLASLibrary.coreTypeVariable]
        let present = getenv(BLASLibrary.coreTypeVariable).map { String(cString: $0) }
        guard wanted != present else { return }
        if let wanted {
            setenv(BLASLibrary.coreTypeVariable, wanted, 1)
        } else {
            unsetenv(BLASLibrary.coreTypeVariable)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv(environment.executable, arguments)
        throw .cannotStartChild(
            executable: environment.executable, reason: "execv: \(String(cString: strerror(errno)))")
    }
}
