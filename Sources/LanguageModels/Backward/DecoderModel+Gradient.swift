import Kernels
import ModelFiles

/// The loss of a batch and its gradient, by a packed forward pass that is recorded and a backward pass.
extension DecoderModel {
    package func lossGradient(
        _ sequences: [ScoredSequence], retention: ActivationRetention, into gradient: GradientArena,
        loss: ([[Float]]) throws -> ScoredLoss
    ) throws -> LossGradient {
        guard parameters.format == .float32 else {
            throw LanguageModelError.gradientNeedsFloat32(storage: parameters.format)
        }
        let isOfHeadAlone = adapters == nil && gradient.parameters == [headWeight]
        precondition(
            isOfHeadAlone || gradient.count == tunedParameters.count, "a gradient of other parameters")
        try TokenChecks(configuration: configuration).check(sequences)
        let start = MonotonicClock.nanoseconds()
        guard !sequences.isEmpty else {
            return LossGradient(loss: try loss([]).value, forwardNanoseconds: 0, backwardNanoseconds: 0)
        }
        let batch = PackedBatch(sequences)
        let pass = try makePass()
        if isOfHeadAlone {
            let result = try headLossGradient(batch, of: sequences, into: gradient, pass: pass, loss: loss)
            return LossGradient(
                loss: result.loss, forwardNanoseconds: result.forwardEnd - start,
                backwardNanoseconds: MonotonicClock.nanoseconds() - result.forwardEnd)
        }
        let kept = try record(batch, retention: retention, pass: pass)
        let headInput = try decoder.recordFinish(kept, pass: pass)
        let scores = try head.scores(of: batch.targets, after: headInput, pass: pass)[0]
        let value = try loss(sequences.split(scores.logProbabilities))
        precondition(value.derivatives.map(\.count) == sequences.map(\.scoredCount))
        let forwardEnd = MonotonicClock.nanoseconds()

        let backward = BackwardPass(forward: pass, gradient: gradient)
        let headGradient = try workspace.matrix(
            .headGradient, rows: headInput.rowCount, columns: headInput.columnCount)
        try head.backward(
            batch.targets, derivatives: value.derivatives.flatMap { $0 }, rows: headInput,
            logSums: scores.logSums, into: headGradient, pass: backward)
        let keptGradient = try workspace.matrix(
            .keptGradient, rows: kept.rowCount, columns: kept.columnCount)
        try decoder.finishBackward(headGradient, residualRows: kept, into: keptGradient, pass: backward)
        try goBack(batch, from: keptGradient, retention: retention, pass: backward)
        return LossGradient(
            loss: value.value, forwardNanoseconds: forwardEnd - start,
            backwardNanoseconds: MonotonicClock.nanoseconds() - forwardEnd)
    }

    package var tapeBytes: Int { tape.bytes }

    /// The forward pass up to the last layer; returns the rows that are scored, in the workspace.
    private func record(
        _ batch: PackedBatch, retention: ActivationRetention, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        try tape.prepare(
            rowCount: batch.rows.count, layerCount: decoder.layerCount, widths: decoder.tapeWidths,
            retention: retention)
        try decoder.embed(batch.rows, into: tape.residual(before: 0), pass: pass)
        for layer in 0..<decoder.layerCount { try record(layer, rows: batch.rows, pass: pass) }
        return try pass.keep(batch.kept, of: tape.residual(before: decoder.layerCount))
    }

    /// Runs tokens through the model and shows each layer's queries, keys and values.
    func forEachRecordedLayer(
        of rows: TokenRows, _ body: (_ layer: Int, _ projected: MatrixView) -> Void
    ) throws(LanguageModelError) {
        let pass = try makePass()
        try tape.prepare(
            rowCount: rows.count, layerCount: decoder.layerCount, widths: decoder.tapeWidths,
            retention: .recomputed)
        try decoder.embed(rows, into: tape.residual(before: 0), pass: pass)
        for layer in 0..<decoder.layerCount {
            try record(layer, rows: rows, pass: pass)
            body(layer, tape.layer(layer).projected)
        }
    }

    private func record(
        _ layer: Int, rows: TokenRows, pass: ForwardPass
    ) throws(LanguageModelError) {
        try decoder.record(
            layer, tape.residual(before: layer), into: tape.residual(before: layer + 1),
            tape: tape.layer(layer), rows: rows, pass: pass)
    }

    /// The backward pass from the rows that were scored down to the embeddings.
    private func goBack(
        _ batch: PackedBatch, from keptGradient: MatrixView, retention: ActivationRetention,
        pass: BackwardPass
    ) throws(LanguageModelError) {
        let gradient = try workspace.matrix(
            .residualGradient, rows: batch.rows.count, columns: decoder.hiddenSize)
        RowCopying.clear(gradient, team: team)
        RowScattering.add(keptGradient, to: gradient, at: batch.kept.rows, team: team)
        for layer in (0..<decoder.layerCount).reversed() {
            // The last layer's activations are still there in any case.
            if retention == .recomputed, layer < decoder.layerCount - 1 {
                try record(layer, rows: batch.rows, pass: pass.forward)
            }
            try decoder.backward(
                layer, gradient, input: tape.residual(before: layer), tape: tape.layer(layer),
                rows: batch.rows, pass: pass)
        }
        if pass.gradient != nil { try decoder.embedBackward(batch.rows, gradient: gradient, pass: pass) }
    }
}
