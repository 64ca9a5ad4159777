import Comparison
import Kernels
import ResultStore
import Training

/// The papers' memory table: what each method needs, and what for.
enum MemorySection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let memory = findings.memory
        // Peaks alone are among the trials and the step times.
        guard memory.rows.contains(where: { $0.use != nil }) else { return [] }
        var table = Table(
            name: "memory",
            caption: MethodNames.caption(
                "Peak memory of a whole process in MiB, and what its buffers held when they held most.",
                cells: memory.rows.map(\.representative)),
            columns: MethodNames.columns + [
                .init("batch", .trailing), .init("processes", .trailing), .init("peak", .trailing),
                .init("weights", .trailing), .init("activations", .trailing), .init("gradients", .trailing),
                .init("optimizer state", .trailing), .init("workspace", .trailing), .init("rest", .trailing),
                .init("ratio", .trailing), .init("over"),
            ], keyColumnCount: MethodNames.columns.count, footnotes: footnotes(memory))
        for row in memory.rows { table.append(cells(of: row, memory, findings.names)) }
        return [.table(table)]
    }

    private static func cells(
        of row: MemoryTable.Row, _ memory: MemoryTable, _ names: MethodNames
    ) -> [String] {
        let cell = row.representative
        let baseline = memory.baseline(of: row)
        let batch = cell.cell.method.takesSteps ? String(cell.cell.batchSize) : Figures.none
        return names.cells(cell) + [
            batch, String(row.processCount), Figures.mebibytes(row.peakBytes),
            Figures.mebibytes(row.use?.weightBytes), Figures.mebibytes(row.use?.activationBytes),
            Figures.mebibytes(row.use?.gradientBytes), Figures.mebibytes(row.use?.optimizerStateBytes),
            Figures.mebibytes(row.use?.workspaceBytes), Figures.mebibytes(row.restBytes),
            baseline.map { Figures.ratio(Double(row.peakBytes) / Double($0.peakBytes)) } ?? Figures.none,
            baseline.map { names.method($0.representative.cell) } ?? Figures.none,
        ]
    }

    private static func footnotes(_ memory: MemoryTable) -> [String] {
        var notes = [
            "Peak: the most resident memory that the operating system counted in any of the processes. Weights to "
                + "workspace: page-aligned buffers by what they are for, counted as they are made and freed. Activations "
                + "hold what a batch needs for each of its tokens, their gradients included; gradients are those of "
                + "parameters. Rest: the program, its libraries and their buffers, texts and tokens.",
            "Evaluation packs up to 2,048 tokens into a batch, so a method with small training batches has the peak of its "
                + "evaluations.",
        ]
        if memory.rows.contains(where: { $0.use == nil }) {
            notes.append("Without parts: recorded by a program that did not count them.")
        }
        return notes
    }
}
