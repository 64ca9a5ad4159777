import Kernels
import Synchronization

/// Reads parameters as a forward pass sees them: as they stand, or from both sides of a probe.
///
/// Values are float32 whatever the storage: 16-bit elements are widened, and probed in float32 without being stored.
/// Also carries out the pending update on the way, so that an element is fetched from memory once. All functions work
/// on the calling thread; parallel loops give them disjoint ranges. Determinism class: the same bits for any number
/// of threads, any cut into ranges and any instruction set.
final class ParameterReader {
    private let arena: ParameterArena
    private let probe: ParameterProbe?
    private let pending: PendingUpdate?
    private let perturbTime = Atomic<Int64>(0)
    private let updateTime = Atomic<Int64>(0)
    private let tally = Mutex(UpdateTally())

    init(arena: ParameterArena, probe: ParameterProbe?, pending: PendingUpdate?) {
        self.arena = arena
        self.probe = probe
        self.pending = pending
    }

    /// Time spent on drawing and adding z for the probe, all threads together.
    var perturbNanoseconds: Int64 { perturbTime.load(ordering: .relaxed) }

    /// Time spent on carrying out the update, all threads together.
    var updateNanoseconds: Int64 { updateTime.load(ordering: .relaxed) }

    /// What 16-bit storage kept of the update, as far as it was carried out.
    var updateTally: UpdateTally { tally.withLock { $0 } }

    /// Whether the probe acts on these elements, which belong to parameters of one group.
    func isProbed(_ range: Range<Int>) -> Bool {
        probe?.activeRanges.contains { $0.contains(range.lowerBound) } ?? false
    }

    /// Carries out the pending update on elements that it acts on.
    func update(_ range: Range<Int>) {
        Noise.forEachPiece(of: range) { piece in
            guard let pending else { return }
            let start = MonotonicClock.nanoseconds()
            let kept = arena.applyHere(pending, to: piece)
            tally.withLock { $0.add(kept) }
            updateTime.add(MonotonicClock.nanoseconds() - start, ordering: .relaxed)
        }
    }

    /// Writes both sides of probed elements, after the pending update if `updating`.
    func read(
        _ range: Range<Int>, updating: Bool, plus: UnsafeMutablePointer<Float>,
        minus: UnsafeMutablePointer<Float>
    ) {
        Noise.forEachPiece(of: range) { piece in
            if updating { update(piece) }
            let start = MonotonicClock.nanoseconds()
            let offset = piece.lowerBound - range.lowerBound
            let values: UnsafePointer<Float>
            switch arena.storage {
            case .float32(let base): values = UnsafePointer(base + piece.lowerBound)
            case .half:
                arena.read(piece, into: plus + offset)
                values = UnsafePointer(plus + offset)
            }
            addProbe(piece, to: values, plus: plus + offset, minus: minus + offset)
            perturbTime.add(MonotonicClock.nanoseconds() - start, ordering: .relaxed)
        }
    }

    /// Writes elements as they stand after the pending update, if it acts on them, and leaves them as they are.
    ///
    /// - Parameters:
    ///   - isPending: Whether the update acts on these elements and was not carried out yet.
    ///   - values: `range.count` elements.
    func peek(_ range: Range<Int>, isPending: Bool, into values: UnsafeMutablePointer<Float>) {
        guard isPending, let pending else { return arena.read(range, into: values) }
        let start = MonotonicClock.nanoseconds()
        arena.read(range, after: pending, into: values)
        updateTime.add(MonotonicClock.nanoseconds() - start, ordering: .relaxed)
    }

    /// The two sides of values that were read by ``peek(_:isPending:into:)``.
    func probe(
        _ values: UnsafePointer<Float>, of range: Range<Int>, plus: UnsafeMutablePointer<Float>,
        minus: UnsafeMutablePointer<Float>
    ) {
        let start = MonotonicClock.nanoseconds()
        addProbe(range, to: values, plus: plus, minus: minus)
        perturbTime.add(MonotonicClock.nanoseconds() - start, ordering: .relaxed)
    }

    private func addProbe(
        _ range: Range<Int>, to values: UnsafePointer<Float>, plus: UnsafeMutablePointer<Float>,
        minus: UnsafeMutablePointer<Float>
    ) {
        guard let probe else { return }
        Noise.probeHere(
            probe.perturbationScale, seed: probe.seed, distribution: probe.distribution, of: values,
            count: range.count, firstIndex: UInt64(range.lowerBound), plus: plus, minus: minus)
    }
}
