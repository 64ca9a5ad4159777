import Archives
import Glibc
import ModelFiles

/// Why the sandbox could not be written: the file, the reason, and what to do.
package struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The trouble in a sentence that names the file, then what to do.
    package let description: String

    /// A file or folder that the system refused to make.
    init(path: String, errorNumber: Int32) {
        description =
            "\(path): cannot be written: \(String(cString: strerror(errorNumber))); "
            + "choose a folder that you may write to, on a disk with 10 MB of room."
    }

    /// Pretrained weights were asked for with a seed that they do not belong to.
    init(noWeightsForSeed seed: UInt64) {
        description =
            "pretrained weights exist for the sandbox of seed \(Sandbox.pretrainedSeed) alone, not of seed \(seed); "
            + "use that seed, or '--weights untrained'"
    }

    init(_ error: ArchiveError) {
        description = error.description
    }

    init(_ error: ModelFileError) {
        description = error.description
    }
}
