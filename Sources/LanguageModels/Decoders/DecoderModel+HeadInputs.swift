import Kernels

/// What the head reads, and where its own weights are.
extension DecoderModel {
    package func headInputs(_ sequences: [ScoredSequence]) throws -> [[Float]] {
        guard !sequences.isEmpty else { return [] }
        try TokenChecks(configuration: configuration).check(sequences)
        let batch = PackedBatch(sequences)
        let rows = try headInput(of: batch, pass: makePass())
        return batch.targets.map { target in
            let row = rows.row(Int(target.row))
            return (0..<rows.columnCount).map { row[$0] }
        }
    }
}
