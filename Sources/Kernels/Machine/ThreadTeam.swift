import Dispatch

/// The worker threads that one parallel loop may use.
///
/// Work is cut into chunks by the *caller*, from shapes alone, and a chunk is always computed the same way,
/// so the number of threads changes only who computes a chunk and never its bits.
package struct ThreadTeam: Sendable, Hashable {
    /// How many threads may work at the same time, at least 1.
    package let threadCount: Int

    /// A team of `threadCount` threads; values below 1 count as 1.
    package init(threadCount: Int) {
        self.threadCount = max(1, threadCount)
    }

    /// Runs `body(chunk)` once for every chunk in `0..<chunkCount` and returns when all are done.
    ///
    /// Chunks are dealt to threads in a fixed round-robin; bodies must write to disjoint memory.
    package func forEachChunk(of chunkCount: Int, _ body: (Int) -> Void) {
        forEachChunk(of: chunkCount) { chunk, _ in body(chunk) }
    }

    /// Runs `body(chunk, worker)` once for every chunk; no two bodies with the same worker run at the same
    /// time.
    ///
    /// `worker` is in `0..<threadCount` and picks scratch memory; it must not change what is computed.
    package func forEachChunk(of chunkCount: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void) {
        let workers = min(threadCount, chunkCount)
        if workers <= 1 {
            for chunk in 0..<max(0, chunkCount) { body(chunk, 0) }
            return
        }
        withoutActuallyEscaping(body) { body in
            // Safe to share: concurrentPerform returns after the last call, and bodies write to disjoint
            // memory.
            nonisolated(unsafe) let sharedBody = body
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                var chunk = worker
                while chunk < chunkCount {
                    sharedBody(chunk, worker)
                    chunk += workers
                }
            }
        }
    }

    /// Cuts `rowCount` rows of `columnCount` elements into chunks of about 64 KiB and runs `body` on each.
    ///
    /// `kind` is what a ``KernelProfile`` counts the chunks as; nil where the body's own kernels are counted.
    package func forEachRowChunk(
        _ kind: KernelProfile.Kind? = nil, rowCount: Int, columnCount: Int, _ body: (Range<Int>) -> Void
    ) {
        let rowsPerChunk = max(1, 16_384 / max(1, columnCount))
        forEachChunk(of: (rowCount + rowsPerChunk - 1) / rowsPerChunk) { chunk in
            let first = chunk * rowsPerChunk
            let rows = first..<min(rowCount, first + rowsPerChunk)
            if let kind { KernelProfile.measure(kind) { body(rows) } } else { body(rows) }
        }
    }
}
