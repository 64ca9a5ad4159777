import Archives
import Digests
import Foundation

/// The folder with the two databases of an interleaved run, and the programs that they belong to.
///
/// Rounds of two builds must not mix in one database. The folder remembers the programs by the SHA-256 of their files, so
/// that the same two go on where they were and others are refused; taking rounds anew needs an empty folder.
package struct InterleavedFolder: Sendable {
    /// The folder.
    package let path: String

    /// The database of a program.
    package func database(of contender: Contender) -> String { "\(path)/\(contender.rawValue).sqlite" }

    /// Where the sandbox is written, if a suite needs it.
    package var sandbox: String { "\(path)/sandbox" }

    private struct Programs: Codable, Equatable {
        var baseline: String
        var candidate: String
    }

    /// Opens the folder for two programs, making it when there is none.
    ///
    /// - Throws: ``RunnerError/otherPrograms(folder:)`` when it holds rounds of others, and what writing a file throws.
    package init(path: String, baselineProgram: String, candidateProgram: String) throws {
        self.path = path
        let programs = Programs(
            baseline: try Self.digest(of: baselineProgram), candidate: try Self.digest(of: candidateProgram))
        let record = "\(path)/programs.json"
        if let bytes = try? Data(contentsOf: URL(fileURLWithPath: record)) {
            guard (try? JSONDecoder().decode(Programs.self, from: bytes)) == programs else {
                throw RunnerError.otherPrograms(folder: path)
            }
            return
        }
        for contender in Contender.allCases
        where FileManager.default.fileExists(atPath: database(of: contender)) {
            throw RunnerError.otherPrograms(folder: path)
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try WholeFile.write(Array(encoder.encode(programs)), to: record)
    }

    private static func digest(of program: String) throws -> String {
        do {
            return try SHA256Digest.hex(ofFile: program)
        } catch {
            throw RunnerError.foreignProgram(path: program, reason: "\(error)")
        }
    }
}
