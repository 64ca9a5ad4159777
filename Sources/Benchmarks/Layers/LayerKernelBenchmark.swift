import Glibc
package import Kernels

/// Times the element-wise and row-wise kernels of a layer at the sizes of a forward pass.
package struct LayerKernelBenchmark {
    /// Threads at work.
    package var threadCount: Int
    /// Samples of each kernel.
    package var roundCount: Int
    /// Rows of a forward pass: batch times tokens.
    package var rowCount: Int
    /// Width of the residual stream; a multiple of the head size 64.
    package var hiddenSize: Int

    /// A benchmark from its settings.
    package init(threadCount: Int, roundCount: Int, rowCount: Int = 1024, hiddenSize: Int = 768) {
        self.threadCount = threadCount
        self.roundCount = roundCount
        self.rowCount = rowCount
        self.hiddenSize = hiddenSize
    }

    private static let sampleNanoseconds: Int64 = 5_000_000
    private static let headSize = 64

    /// A kernel with its shape, and the plain loop over as much memory.
    struct Case {
        let shape: LayerKernelShape
        let call: () -> Void
        let ceiling: () -> Void
    }

    /// Times everything.
    ///
    /// - Throws: `OutOfMemory` when the matrices are refused.
    package func run() throws(OutOfMemory) -> [LayerKernelRate] {
        let cases = try sharedCases() + perThreadCases()
        let timing = InterleavedTiming(roundCount: roundCount, sampleNanoseconds: Self.sampleNanoseconds)
        let times = timing.run(cases.flatMap { [TimedWork(run: $0.call), TimedWork(run: $0.ceiling)] })
        return cases.enumerated().map { index, kernel in
            LayerKernelRate(
                kernel.shape, callNanoseconds: times[2 * index], ceilingNanoseconds: times[2 * index + 1])
        }
    }

    private var team: ThreadTeam { ThreadTeam(threadCount: threadCount) }

    /// Kernels whose rows are spread over the threads.
    private func sharedCases() throws(OutOfMemory) -> [Case] {
        let team = team
        let input = try PatternMatrix(rows: rowCount, columns: hiddenSize, seed: 1, team: team)
        let output = try PatternMatrix(rows: rowCount, columns: hiddenSize, seed: 2, team: team)
        let vectors = try PatternMatrix(rows: 2, columns: hiddenSize, seed: 3, team: team)
        let rotary = try RotaryEmbedding(headSize: Self.headSize, positionCount: rowCount, base: 10_000)
        let rows = (0..<rowCount).map { Int32($0) }
        // silu(-1) (1 + e) = -1, and values near it move towards it: called on its own result again and again the gate
        // never comes near numbers so small that arithmetic on them is slow.
        let gate = try PatternMatrix(rows: rowCount, columns: hiddenSize, seed: 4, team: team)
        let up = try PatternMatrix(rows: rowCount, columns: hiddenSize, seed: 5, team: team)
        gate.elements.update(repeating: -1)
        up.elements.update(repeating: 1 + Float(M_E))
        func make(
            _ kernel: String, _ ceiling: PlainLoop, passes: Int, matrixCount: Int,
            _ call: @escaping () -> Void
        ) -> Case {
            let shape = LayerKernelShape(
                kernel: kernel, rowCount: rowCount, columnCount: hiddenSize, passes: passes,
                matrixCount: matrixCount, ceiling: ceiling)
            return Case(shape: shape, call: call) {
                switch (ceiling, matrixCount) {
                case (.copy, _): MemoryLoops.copy(input.elements, to: output.elements, team: team)
                case (_, 1): MemoryLoops.add(1e-3, to: output.elements, team: team)
                default:
                    MemoryLoops.add(1e-3, to: input.elements, team: team)
                    MemoryLoops.add(1e-3, to: output.elements, team: team)
                }
            }
        }
        return [
            make("LayerNorm", .copy, passes: 2, matrixCount: 2) {
                Normalization.layerNorm(
                    input.view, weight: vectors.view.row(0), bias: vectors.view.row(1), epsilon: 1e-5,
                    into: output.view, team: team)
            },
            make("RMSNorm", .copy, passes: 2, matrixCount: 2) {
                Normalization.rootMeanSquareNorm(
                    input.view, weight: vectors.view.row(0), epsilon: 1e-5, into: output.view, team: team)
            },
            make("SwiGLU gate", .readModifyWrite, passes: 3, matrixCount: 2) {
                GatedActivation.silu(gate: gate.view, up: up.view, team: team)
            },
            make("rotary embedding", .readModifyWrite, passes: 2, matrixCount: 1) {
                rotary.rotate(output.view, positions: rows, team: team)
            },
            make("token rows", .copy, passes: 2, matrixCount: 2) {
                RowGathering.gather(rows, from: input.view, into: output.view, team: team)
            },
            make("position rows added", .readModifyWrite, passes: 3, matrixCount: 2) {
                RowGathering.add(rows, from: input.view, into: output.view, team: team)
            },
        ]
    }
}
