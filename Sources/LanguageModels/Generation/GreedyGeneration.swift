import Kernels
import ModelFiles

/// Generation of the most probable token, again and again, for prompts of different lengths together.
///
/// All prompts run in one pass, padded on the left; then one row for each unfinished sequence and step, with
/// the keys and values of earlier tokens from a cache. A finished sequence leaves the batch.
extension DecoderModel {
    package func generate(
        prompts: [[Int32]], maximumNewTokens: Int, stopTokens: Set<Int32>
    ) throws -> [[Int32]] {
        guard !prompts.isEmpty else { return [] }
        try TokenChecks(configuration: configuration).check(prompts)
        guard maximumNewTokens > 0 else { return prompts.map { _ in [] } }
        let batch = PaddedBatch(prompts, roundingTo: 1)
        let cache = try KeyValueCache(
            configuration: configuration, slotCount: prompts.count,
            capacity: batch.rowLength + maximumNewTokens)
        let pass = try makePass()
        let residual = try decoder.run(
            batch.rows(cachedWithCapacity: cache.capacity), cache: cache, pass: pass)
        let lastRows = prompts.indices.map { Int32(($0 + 1) * batch.rowLength - 1) }
        var nextTokens = try mostProbableTokens(
            after: try pass.keep(KeptRows(rows: lastRows, spans: []), of: residual), pass: pass)
        var results = [[Int32]](repeating: [], count: prompts.count)
        // A prompt that fills all positions gets no token.
        var active = prompts.indices.filter { prompts[$0].count < configuration.maximumPositions }
        nextTokens = active.map { nextTokens[$0] }
        while true {
            for (slot, token) in zip(active, nextTokens) { results[slot].append(token) }
            active = zip(active, nextTokens).filter { slot, token in
                !stopTokens.contains(token) && results[slot].count < maximumNewTokens
                    && prompts[slot].count + results[slot].count < configuration.maximumPositions
            }.map { slot, _ in slot }
            if active.isEmpty { return results }
            let rows = stepRows(active, results: results, prompts: prompts, batch: batch, cache: cache)
            let stepResidual = try decoder.run(rows, cache: cache, pass: pass)
            nextTokens = try mostProbableTokens(after: stepResidual, pass: pass)
        }
    }

    private func mostProbableTokens(
        after rows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> [Int32] {
        try head.mostProbableTokens(after: try decoder.finish(rows, pass: pass), pass: pass)
    }

    // One row for each unfinished sequence: its newest token, which sees all tokens before it in its slot.
    private func stepRows(
        _ active: [Int], results: [[Int32]], prompts: [[Int32]], batch: PaddedBatch, cache: KeyValueCache
    ) -> TokenRows {
        var tokens: [Int32] = []
        var positions: [Int32] = []
        var spans: [AttentionSpan] = []
        var cacheRows: [Int] = []
        for (row, slot) in active.enumerated() {
            let keyCount = batch.rowLength + results[slot].count
            tokens += results[slot].suffix(1)
            positions.append(Int32(prompts[slot].count + results[slot].count - 1))
            cacheRows.append(slot * cache.capacity + keyCount - 1)
            spans.append(
                AttentionSpan(
                    firstQueryRow: row, queryCount: 1, firstKeyRow: slot * cache.capacity,
                    keyCount: keyCount, hiddenKeyCount: batch.paddingCount(of: slot)))
        }
        return TokenRows(tokens: tokens, positions: positions, spans: spans, cacheRows: cacheRows)
    }
}
