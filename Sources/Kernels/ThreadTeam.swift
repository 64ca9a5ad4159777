import Dispatch

/// The worker threads that one parallel loop may use.
///
/// Work is cut into chunks by the *caller*, from shapes alone, and a chunk is always computed the same way,
/// so the number of threads changes only who computes a chunk and never its bits (DESIGN.md 5.1).
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
        let workers = min(threadCount, chunkCount)
        if workers <= 1 {
            for chunk in 0..<max(0, chunkCount) { body(chunk) }
            return
        }
        withoutActuallyEscaping(body) { body in
            // Sound: concurrentPerform returns only when all its iterations have, and bodies write to disjoint memory.
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                var chunk = worker
                while chunk < chunkCount {
                    body(chunk)
                    chunk += workers
                }
            }
        }
    }
}
