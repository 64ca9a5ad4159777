import CSandboxWeights

/// The weights that are part of this program: one safetensors file.
enum PretrainedWeights {
    /// The file's bytes.
    ///
    /// - Throws: ``SandboxError`` for another seed than ``Sandbox/pretrainedSeed``.
    static func bytes(seed: UInt64) throws(SandboxError) -> [UInt8] {
        guard seed == Sandbox.pretrainedSeed else { throw SandboxError(noWeightsForSeed: seed) }
        var count = 0
        let start = sandbox_weights(&count)
        return Array(UnsafeBufferPointer(start: start, count: count))
    }
}
