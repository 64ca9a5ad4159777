package import ResultStore
import Training

/// How MeZO's overhead and LeZO's speedup change with the length of the rows, all else equal.
///
/// Perturbing and updating take the same time whatever the batch, forward passes grow with its tokens; so the share of
/// the one and the gain of sparsity fall with the length.
package struct TokenSeries: Sendable {
    /// One length.
    package struct Point: Sendable {
        /// Tokens of a row.
        package let tokens: Int
        /// MeZO's step.
        package let baseline: StepTimeSummary
        /// LeZO's step against it, by sparsity.
        package let speedups: [StepSpeedup]
    }

    /// The points, by length.
    package let points: [Point]
    /// Fewer lengths are no series.
    package static let smallestCount = 3

    /// A cell that stands for what all points share: model, batch, plan and settings.
    package var representative: CellResult { points[0].baseline.cell }

    /// All series of a snapshot with at least ``smallestCount`` lengths, in table order.
    package static func all(
        roundTimes: [StepTimeSummary], speedups: [StepSpeedup]
    ) -> [TokenSeries] {
        var groups: [(key: TimingComparability, points: [Point])] = []
        for summary in roundTimes where summary.cell.cell.droppedLayerCount == 0 {
            guard let tokens = summary.cell.cell.workload.tokens,
                let key = TimingComparability(summary.cell.cell)?.withoutTokens
            else { continue }
            let point = Point(
                tokens: tokens, baseline: summary,
                speedups: speedups.filter { $0.baseline.id == summary.cell.id })
            guard let index = groups.firstIndex(where: { $0.key == key }) else {
                groups.append((key, [point]))
                continue
            }
            // Cells that differ in step sizes only take the same time; the first one stands for all.
            if !groups[index].points.contains(where: { $0.tokens == tokens }) {
                groups[index].points.append(point)
            }
        }
        return groups.filter { $0.points.count >= smallestCount }
            .map { TokenSeries(points: $0.points.sorted { $0.tokens < $1.tokens }) }
    }
}

extension TimingComparability {
    /// The same with rows of any length.
    fileprivate var withoutTokens: TimingComparability {
        var key = self
        if case .shape(let batchSize, _) = workload { key.workload = .shape(batchSize: batchSize, tokens: 0) }
        return key
    }
}
