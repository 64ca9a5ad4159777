import Foundation

/// The built `lezobench`, run as a user runs it.
struct Program {
    /// What one call printed and how it ended.
    struct Answer {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    /// The executable, built beside the test bundle.
    static var executable: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("lezobench")
    }

    /// The root of the package.
    static var packageRoot: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// The folder that calls run in, so that results land there.
    let folder: URL

    /// The path of a name in the folder.
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Runs the program to its end; once `interruptWhen` holds for its standard error it gets a signal.
    ///
    /// - Parameters:
    ///   - outputPath: A device that takes its standard output, which the answer then has nothing of.
    ///   - fileLimit: How large a file of its may become, in blocks of 512 bytes; beyond that a write fails, as on a full disk.
    func run(
        _ arguments: [String], outputTo outputPath: String? = nil, fileLimit: Int? = nil,
        interruptWhen: (@Sendable (String) -> Bool)? = nil, by signal: Int32 = SIGINT
    ) throws -> Answer {
        let process = Process()
        if let fileLimit {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            // Unless it is ignored, the signal for a file that is too large ends the program.
            let limited = "trap '' XFSZ; ulimit -f \(fileLimit); exec \"$0\" \"$@\""
            process.arguments = ["-c", limited, Self.executable.path] + arguments
        } else {
            process.executableURL = Self.executable
            process.arguments = arguments
        }
        process.currentDirectoryURL = folder
        let outputFile = folder.appendingPathComponent("output-\(UUID().uuidString)")
        let errorFile = folder.appendingPathComponent("errors-\(UUID().uuidString)")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(
            forWritingTo: outputPath.map { URL(fileURLWithPath: $0) } ?? outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        if let interruptWhen {
            while process.isRunning {
                let seen = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
                if interruptWhen(seen) {
                    kill(process.processIdentifier, signal)
                    break
                }
                usleep(2_000)
            }
        }
        process.waitUntilExit()
        return Answer(
            exitCode: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }
}
