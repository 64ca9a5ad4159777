import CKernels

/// The plainest loops over memory: the ceilings that other kernels are measured against.
///
/// Each thread of the team gets one part, in one piece. Determinism class: the same bits on every instruction set
/// and for any number of threads.
package enum MemoryLoops {
    /// `values[i] += addend`: reads and writes each element once.
    package static func add(
        _ addend: Float, to values: UnsafeMutableBufferPointer<Float>, team: ThreadTeam
    ) {
        guard let base = values.baseAddress else { return }
        forEachPart(of: values.count, team: team) { part, _ in
            ck_memory_add(base + part.lowerBound, part.count, addend)
        }
    }

    /// `destination[i] = source[i]`; both have the same count and do not overlap.
    package static func copy(
        _ source: UnsafeMutableBufferPointer<Float>, to destination: UnsafeMutableBufferPointer<Float>,
        team: ThreadTeam
    ) {
        precondition(source.count == destination.count, "a copy's two sides differ in length")
        guard let from = source.baseAddress, let to = destination.baseAddress else { return }
        forEachPart(of: source.count, team: team) { part, _ in
            ck_memory_copy(to + part.lowerBound, from + part.lowerBound, part.count)
        }
    }

    /// The largest value, minus infinity when there is none: reads each element once.
    package static func maximum(of values: UnsafeMutableBufferPointer<Float>, team: ThreadTeam) -> Float {
        guard let base = values.baseAddress else { return -.infinity }
        var maxima = [Float](repeating: -.infinity, count: team.threadCount)
        maxima.withUnsafeMutableBufferPointer { maxima in
            forEachPart(of: values.count, team: team) { part, index in
                maxima[index] = ck_memory_maximum(base + part.lowerBound, part.count)
            }
        }
        return maxima.reduce(-.infinity, max)
    }

    private static func forEachPart(
        of count: Int, team: ThreadTeam, _ body: (_ part: Range<Int>, _ index: Int) -> Void
    ) {
        // Whole cache lines, so that no two threads write to one.
        let lines = (count + 15) / 16
        let elements = (lines + team.threadCount - 1) / team.threadCount * 16
        team.forEachChunk(of: team.threadCount) { index in
            body(min(count, index * elements)..<min(count, (index + 1) * elements), index)
        }
    }
}
