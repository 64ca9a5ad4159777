import Glibc
import Kernels

/// Gives the running process the BLAS kernels that its processor deserves.
package enum ProperBLAS {
    /// Replaces this process by itself with the right core type in its environment, if BLAS chose wrongly.
    ///
    /// Returns when nothing needs to change; the second time around nothing does.
    ///
    /// - Throws: ``RunnerError/cannotStartChild(executable:reason:)`` when the system refuses.
    package static func relaunchIfNeeded() throws(RunnerError) {
        let environment = ChildEnvironment()
        guard let coreType = environment.variables[BLASLibrary.coreTypeVariable],
            getenv(BLASLibrary.coreTypeVariable) == nil else {
            return
        }
        setenv(BLASLibrary.coreTypeVariable, coreType, 1)
        setenv("OPENBLAS_NUM_THREADS", "1", 1)
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv(environment.executable, arguments)
        throw .cannotStartChild(
            executable: environment.executable, reason: "execv: \(String(cString: strerror(errno)))")
    }
}
