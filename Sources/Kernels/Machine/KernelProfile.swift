import Synchronization

/// Where the time of kernels goes, by kind, while somebody asks for it.
///
/// Each kernel adds what a call took on its own thread, so the times of a team of n threads add up to n times the
/// wall time less what the threads waited. A call costs two readings of the clock while a profile is taken, some
/// 50 ns, and one relaxed load otherwise.
package struct KernelProfile: Sendable, Hashable, Codable {
    /// A kind of kernel, as a forward pass tells them apart.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
        /// Products with weights: dense layers and the head.
        case weightProduct
        /// Products of attention: queries by keys, weights by values.
        case attentionProduct
        /// Softmax of attention weights.
        case softmax
        /// LayerNorm and RMSNorm.
        case normalization
        /// Biases, ReLU and gates.
        case activation
        /// Rotary position embedding.
        case rotation
        /// Rows picked from tables and from the residual stream.
        case gathering
        /// Maxima and sums of exponentials of logits.
        case logitReduction
    }

    /// What the calls of one kind come to.
    package struct Tally: Sendable, Hashable, Codable {
        /// The number of calls.
        package var calls: Int64
        /// Their durations, summed over threads.
        package var nanoseconds: Int64
        /// Floating-point operations; counted for products alone.
        package var operations: Int64

        /// A tally from its values.
        package init(calls: Int64 = 0, nanoseconds: Int64 = 0, operations: Int64 = 0) {
            self.calls = calls
            self.nanoseconds = nanoseconds
            self.operations = operations
        }
    }

    /// What was counted; every kind has an entry.
    package let tallies: [Kind: Tally]

    /// A profile from its tallies; kinds without one count nothing.
    package init(tallies: [Kind: Tally]) {
        self.tallies = Kind.allCases.reduce(into: [:]) { $0[$1] = tallies[$1] ?? Tally() }
    }

    /// The tally of one kind.
    package subscript(kind: Kind) -> Tally { tallies[kind] ?? Tally() }

    /// Runs `work` and tells what kernels did meanwhile on all threads of this process.
    ///
    /// One profile is taken at a time.
    package static func recording<Result>(
        _ work: () throws -> Result
    ) rethrows -> (result: Result, profile: KernelProfile) {
        precondition(
            !isRecording.exchange(true, ordering: .acquiringAndReleasing), "two profiles at the same time")
        defer { isRecording.store(false, ordering: .releasing) }
        for counter in counters.values { counter.clear() }
        let result = try work()
        return (result, KernelProfile(tallies: counters.mapValues(\.tally)))
    }

    /// Runs one call of a kernel and counts it if a profile is being taken.
    @inline(__always)
    static func measure<Result>(_ kind: Kind, operations: Int = 0, _ work: () -> Result) -> Result {
        guard isRecording.load(ordering: .relaxed) else { return work() }
        let start = MonotonicClock.nanoseconds()
        defer {
            counters[kind]?.add(
                nanoseconds: MonotonicClock.nanoseconds() - start, operations: Int64(operations))
        }
        return work()
    }

    private static let isRecording = Atomic<Bool>(false)
    private static let counters = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0, Counter()) })

    // A tally that several threads add to.
    private final class Counter: Sendable {
        private let calls = Atomic<Int64>(0)
        private let nanoseconds = Atomic<Int64>(0)
        private let operations = Atomic<Int64>(0)

        func clear() {
            calls.store(0, ordering: .relaxed)
            nanoseconds.store(0, ordering: .relaxed)
            operations.store(0, ordering: .relaxed)
        }

        func add(nanoseconds elapsed: Int64, operations done: Int64) {
            calls.wrappingAdd(1, ordering: .relaxed)
            nanoseconds.wrappingAdd(elapsed, ordering: .relaxed)
            operations.wrappingAdd(done, ordering: .relaxed)
        }

        var tally: Tally {
            Tally(
                calls: calls.load(ordering: .relaxed), nanoseconds: nanoseconds.load(ordering: .relaxed),
                operations: operations.load(ordering: .relaxed))
        }
    }
}
