import Comparison
import ResultStore

/// Short names for what plots show.
enum PlotWords {
    /// A method with its sparsity, such as `LeZO 0.75 (9/12)`.
    static func method(_ result: CellResult, _ findings: SuiteFindings) -> String {
        let name = findings.names.method(result.cell)
        guard result.cell.droppedLayerCount > 0 else { return name }
        return "\(name) \(Figures.fixed(result.sparsity, decimals: 2)) "
            + "(\(result.cell.droppedLayerCount)/\(result.layerCount))"
    }
}
