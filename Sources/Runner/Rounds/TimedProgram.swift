import Foundation

/// A build of this program whose children are timed, with what it finds about the machine.
package struct TimedProgram: Sendable {
    /// How its children are started.
    package let environment: ChildEnvironment
    /// What they find about themselves.
    package let machine: MachineProbe

    /// The build at `path`.
    ///
    /// - Throws: ``RunnerError/foreignProgram(path:reason:)`` when there is no program or it does not answer as this one
    ///   would.
    package init(path: String, threadCount: Int) throws(RunnerError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw .foreignProgram(path: path, reason: "there is no such file")
        }
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw .foreignProgram(path: path, reason: "the file may not be executed")
        }
        environment = ChildEnvironment(executable: URL(fileURLWithPath: path).path)
        do {
            machine = try MachineProbe(environment, threadCount: threadCount)
        } catch {
            throw .foreignProgram(path: path, reason: "it does not answer when asked about itself (\(error))")
        }
    }
}
