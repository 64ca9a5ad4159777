package import Kernels
package import ResultStore
import Training

/// Which processes tell how much memory a method needs.
package enum MemorySource: Sendable, Hashable {
    /// Timing rounds, which take steps alone.
    case rounds
    /// Whole trials: evaluations too, and what fine-tuning keeps of its best parameters.
    case trials
}

/// The memory that each method needs: peaks of whole processes, and what their buffers were used for.
package struct MemoryTable: Sendable {
    /// One method on one model and workload; step sizes need no memory.
    package struct Row: Sendable {
        /// A cell that stands for what the row's cells share.
        package let representative: CellResult
        /// Which processes told their peak.
        package let source: MemorySource
        /// How many.
        package let processCount: Int
        /// The largest of their peaks, as the operating system counts resident memory.
        package let peakBytes: Int64
        /// What the buffers of that process were used for when they were largest; nil where it was not recorded.
        package let use: MemoryUse?

        /// What the operating system counts and the buffers do not explain: the program, its libraries and their own
        /// buffers, texts and tokens; nil where the parts were not recorded.
        package var restBytes: Int64? { use.map { peakBytes - $0.totalBytes } }

        fileprivate var place: Double { CellOrder.place(of: representative.cell.method) }

        /// - Parameter preferred: The processes that count; the others do where there are none of these.
        fileprivate init?(_ cells: [CellResult], preferring preferred: MemorySource) {
            guard let first = cells.first else { return nil }
            let trials = cells.flatMap(\.trials).compactMap(\.summary)
                .map { (peakBytes: $0.peakResidentBytes, use: $0.memory) }
                .filter { $0.peakBytes > 0 }
            let rounds = cells.flatMap(\.rounds).map { (peakBytes: $0.peakResidentBytes, use: $0.memory) }
                .filter { $0.peakBytes > 0 }
            switch preferred {
            case .rounds: source = rounds.isEmpty ? .trials : .rounds
            case .trials: source = trials.isEmpty ? .rounds : .trials
            }
            let processes = source == .rounds ? rounds : trials
            guard let largest = processes.max(by: { $0.peakBytes < $1.peakBytes }) else { return nil }
            representative = first
            processCount = processes.count
            peakBytes = largest.peakBytes
            use = largest.use
        }
    }

    /// All rows that have a peak, in table order but for the plan: what each method needs stands together for a model and
    /// a workload.
    package let rows: [Row]

    /// The table of a snapshot.
    ///
    /// - Parameter preferred: The processes that count. Rounds are the better evidence of what a method itself needs.
    package init(from snapshot: ResultSnapshot, preferring preferred: MemorySource = .rounds) {
        let rows = Grouping.inOrder(snapshot.orderedCells) { MethodKey($0.cell) }
            .compactMap { Row($0.items, preferring: preferred) }
        let blocks = Grouping.inOrder(rows) { Work($0.representative.cell) }
        self.rows = blocks.flatMap { block in
            // Sorting keeps no order among equals by itself.
            block.items.enumerated()
                .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
        }
    }

    /// What was worked on, whatever the method.
    private struct Work: Equatable {
        let model: ModelReference
        let workload: Workload

        init(_ cell: Cell) {
            model = cell.model
            workload = cell.workload
        }
    }

    private static func isSameWork(_ first: Row, _ second: Row) -> Bool {
        Work(first.representative.cell) == Work(second.representative.cell)
    }

    /// The row that another one's memory is held against: zero-shot on the same model and workload, MeZO where there is
    /// none; nil for that row itself, and where there is neither.
    ///
    /// Both are of trials, or both of rounds.
    package func baseline(of row: Row) -> Row? {
        let baseline = companion(of: row) { $0.method == .zeroShot } ?? mezo(for: row)
        return baseline?.representative.id == row.representative.id ? nil : baseline
    }

    /// MeZO on the model and workload of a row, from the same kind of processes, on the reference plan where there are two.
    func mezo(for row: Row) -> Row? {
        companion(of: row) { $0.method.zerothOrderSettings != nil && $0.droppedLayerCount == 0 }
    }

    private func companion(of row: Row, where isMeant: (Cell) -> Bool) -> Row? {
        rows.first {
            Self.isSameWork($0, row) && $0.source == row.source && isMeant($0.representative.cell)
        }
    }
}
