import Glibc
import Kernels

/// Scoring without padding, with the parameters as they stand or on both sides of a probe.
extension DecoderModel {
    package func probedLogProbabilities(
        _ sequences: [ScoredSequence], probe: ParameterProbe, after pending: PendingUpdate?
    ) throws -> ProbedScores {
        let pass = try ForwardPass(
            arena: parameters, adapters: adapters, workspace: workspace, team: team, probe: probe,
            pending: pending)
        let scores: [[Float]]
        do {
            defer { pass.settleRest() }
            try TokenChecks(configuration: configuration).check(sequences)
            scores = sequences.isEmpty ? [[]] : try scorePacked(PackedBatch(sequences), pass: pass)
        }
        let threads = Int64(team.threadCount)
        return ProbedScores(
            plus: sequences.split(scores[0]), minus: sequences.split(scores[scores.count - 1]),
            perturbNanoseconds: pass.tunedReader.perturbNanoseconds / threads,
            updateNanoseconds: pass.tunedReader.updateNanoseconds / threads,
            updateTally: pass.tunedReader.updateTally)
    }

    /// The log-probabilities of a batch's targets: one array, or one for each side where the probe made a difference.
    func scorePacked(_ batch: PackedBatch, pass: ForwardPass) throws(LanguageModelError) -> [[Float]] {
        try head.logProbabilities(
            of: batch.targets, after: try headInput(of: batch, pass: pass), pass: pass)
    }

    /// What the head reads of a batch's kept rows, once or for each side where the probe made a difference.
    func headInput(of batch: PackedBatch, pass: ForwardPass) throws(LanguageModelError) -> MatrixView {
        var rows = batch.rows
        var kept = batch.kept
        if pass.reader.isProbed(head.weight.range) {
            pass.streamCount = 2
            rows = rows.doubled
            kept = kept.doubled(rowCount: batch.rows.count)
        }
        // Room for both sides, also where they part only at a later layer.
        let room = (pass.hasProbe ? 2 : 1) * batch.rows.count
        var residual = try pass.workspace.matrix(.residual, rows: room, columns: decoder.hiddenSize)
            .rows(0..<rows.count)
        try decoder.embed(rows, into: residual, pass: pass)
        for layer in 0..<decoder.layerCount {
            if pass.streamCount == 1, pass.isProbed(layer: layer, parameters.layerRanges[layer]) {
                // Up to here both sides were the same.
                pass.streamCount = 2
                rows = rows.doubled
                kept = kept.doubled(rowCount: batch.rows.count)
                residual = Self.double(residual)
            }
            if layer == decoder.layerCount - 1 {
                residual = try decoder.applyLayer(layer, to: residual, rows: rows, keeping: kept, pass: pass)
            } else {
                try decoder.applyLayer(layer, to: residual, rows: rows, cache: nil, pass: pass)
            }
        }
        return try decoder.finish(residual, pass: pass)
    }

    /// The rows twice; there is room for the second half behind them.
    private static func double(_ rows: MatrixView) -> MatrixView {
        let count = rows.rowCount * rows.columnCount
        memcpy(rows.base + count, rows.base, count * MemoryLayout<Float>.stride)
        return MatrixView(base: rows.base, rowCount: 2 * rows.rowCount, columnCount: rows.columnCount)
    }
}
