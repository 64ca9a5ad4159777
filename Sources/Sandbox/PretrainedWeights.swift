import Foundation

/// The weights that came with this program: one safetensors file.
enum PretrainedWeights {
    private static let folder = "lezobench_Sandbox.resources"
    private static let file = "sandbox-opt.safetensors"

    /// The file's bytes.
    ///
    /// - Throws: ``SandboxError`` when it is not beside the program, or belongs to another seed.
    static func bytes(seed: UInt64) throws(SandboxError) -> [UInt8] {
        guard seed == Sandbox.pretrainedSeed else { throw SandboxError(noWeightsForSeed: seed) }
        // Beside the program, and beside the program that a link leads to.
        let programs = [
            Bundle.main.bundleURL,
            URL(fileURLWithPath: CommandLine.arguments.first ?? "")
                .resolvingSymlinksInPath().deletingLastPathComponent(),
        ]
        let folders = programs.map { $0.appendingPathComponent(folder) }
        for folder in folders {
            if let data = try? Data(contentsOf: folder.appendingPathComponent(file)) { return Array(data) }
        }
        throw SandboxError(missingWeights: folders.map(\.path))
    }
}
