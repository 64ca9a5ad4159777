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
                .init("batch", .trailing), .init("from"), .init("peak", .trailing),
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
            batch, Figures.count(row.processCount, row.source == .rounds ? "round" : "trial"),
            Figures.mebibytes(row.peakBytes),
            Figures.mebibytes(row.use?.weightBytes), Figures.mebibytes(row.use?.activationBytes),
            Figures.mebibytes(row.use?.gradientBytes), Figures.mebibytes(row.use?.optimizerStateBytes),
            Figures.mebibytes(row.use?.workspaceBytes), Figures.mebibytes(row.restBytes),
            baseline.map { Figures.ratio(Double(row.peakBytes) / Double($0.peakBytes)) } ?? Figures.none,
            baseline.map { names.method($0.representative.cell) } ?? Figures.none,
        ]
    }

    /// Which processes the figures come from, and what these do beside training.
    private static func source(_ sources: Set<MemorySource>) -> String {
        let rounds = "a timing round takes steps alone"
        let trials =
            "a trial also evaluates, up to 2,048 tokens in a batch, and fine-tuning keeps what it tunes as it was at the best "
            + "evaluation, a copy that counts as weights"
        switch (sources.contains(.rounds), sources.contains(.trials)) {
        case (true, false): return "From timing rounds: \(rounds)."
        case (false, _): return "From whole trials: \(trials)."
        case (true, true):
            return
                "From: timing rounds where a method has any, else whole trials; \(rounds), while \(trials). A ratio is "
                + "between two figures of one kind."
        }
    }

    private static func footnotes(_ memory: MemoryTable) -> [String] {
        var notes = [
            "Peak: the most resident memory that the operating system counted in any of the processes. Weights to "
                + "workspace: page-aligned buffers by what they are for, counted as they are made and freed. Activations "
                + "hold what a batch needs for each of its tokens, their gradients included; gradients are those of "
                + "parameters. Rest: the program, its libraries and their buffers, texts and tokens.",
            source(Set(memory.rows.map(\.source))),
        ]
        if memory.rows.contains(where: { $0.use == nil }) {
            notes.append("Without parts: recorded by a program that did not count them.")
        }
        return notes
    }
}
