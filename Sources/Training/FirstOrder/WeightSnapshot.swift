package import Kernels
package import LanguageModels

/// The parameters as they stood at the best evaluation.
///
/// A first-order step cannot be replayed from scalars, so what is to be tested in the end must be kept. It is kept in
/// memory, since weights reach a disk only when somebody asks for it: a copy of what is tuned, counted as weights, from
/// the first time that something is kept.
package final class WeightSnapshot {
    private let arena: ParameterArena
    private let range: Range<Int>
    private var kept: AlignedBuffer<Float>?

    /// An empty snapshot of the parameters of `arena`, float32; it takes no memory yet.
    ///
    /// - Parameter range: The elements that are kept; all when nil.
    package init(of arena: ParameterArena, range: Range<Int>? = nil) {
        self.arena = arena
        self.range = range ?? 0..<arena.count
    }

    /// Keeps the parameters as they stand, in place of what was kept before.
    ///
    /// - Throws: `OutOfMemory` when the system refuses the first copy; then nothing is kept.
    package func keep() throws(OutOfMemory) {
        let copy: AlignedBuffer<Float>
        if let kept { copy = kept } else { copy = try AlignedBuffer(count: range.count, purpose: .weights) }
        copy.base.update(from: arena.base + range.lowerBound, count: range.count)
        kept = copy
    }

    /// Puts the parameters back to what was kept; leaves them as they are when nothing was.
    package func restore() {
        guard let kept else { return }
        (arena.base + range.lowerBound).update(from: kept.base, count: kept.count)
    }
}
