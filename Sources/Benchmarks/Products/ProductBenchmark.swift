package import Kernels

/// Times the products of a model, by OpenBLAS in several ways and as a forward pass computes them.
package struct ProductBenchmark {
    /// Threads at work.
    package var threadCount: Int
    /// Samples of each way.
    package var roundCount: Int

    /// A benchmark from its settings.
    package init(threadCount: Int, roundCount: Int) {
        self.threadCount = threadCount
        self.roundCount = roundCount
    }

    private static let sampleNanoseconds: Int64 = 5_000_000
    /// Rows of a block of logits, as the head cuts them.
    private static let logitRows = 512

    /// Times one product for that many rows of activations.
    ///
    /// - Throws: `OutOfMemory` when the matrices are refused.
    package func measure(_ product: ModelProduct, rowCount: Int) throws(OutOfMemory) -> ProductRate? {
        let team = ThreadTeam(threadCount: threadCount)
        let input = try PatternMatrix(rows: rowCount, columns: product.inputWidth, seed: 1, team: team)
        let weight = try PatternMatrix(
            rows: product.outputWidth, columns: product.inputWidth, seed: 2, team: team)
        let output = try PatternMatrix(rows: rowCount, columns: product.outputWidth, seed: 3, team: team)
        let matrices = Matrices(input: input.view, weight: weight.view, output: output.view)
        let ways =
            threadCount == 1 ? [LibraryWay.oneThread] : LibraryWay.allCases
        let works = ways.map { work($0, on: matrices, team: team) }
        let ours = TimedWork(
            run: product.isHead ? try head(matrices, team: team) : dense(matrices, team: team))
        let times = InterleavedTiming(roundCount: roundCount, sampleNanoseconds: Self.sampleNanoseconds)
            .run(works + [ours])
        // The views do not keep the memory alive.
        return withExtendedLifetime((input, weight, output)) {
            ProductRate(
                product: product, rowCount: rowCount, threadCount: threadCount,
                library: Array(zip(ways, times)), ours: times[ways.count])
        }
    }

    private struct Matrices {
        let input: MatrixView
        let weight: MatrixView
        let output: MatrixView

        /// Some rows and some columns of the output, in one call on the calling thread.
        func multiply(rows: Range<Int>, columns: Range<Int>) {
            MatrixTile.multiply(
                input.rows(rows), byTransposeOf: weight.rows(columns),
                into: output.rows(rows).columns(columns), accumulating: false)
        }
    }

    private func work(_ way: LibraryWay, on matrices: Matrices, team: ThreadTeam) -> TimedWork {
        let (rows, columns) = (0..<matrices.output.rowCount, 0..<matrices.output.columnCount)
        switch way {
        case .oneThread:
            return TimedWork { matrices.multiply(rows: rows, columns: columns) }
        case .rowParts:
            return TimedWork {
                team.forEachChunk(of: threadCount) { part in
                    matrices.multiply(rows: self.part(part, of: rows.count), columns: columns)
                }
            }
        case .columnParts:
            return TimedWork {
                team.forEachChunk(of: threadCount) { part in
                    matrices.multiply(rows: rows, columns: self.part(part, of: columns.count))
                }
            }
        case .libraryThreads:
            return TimedWork(
                run: {
                    BLASLibrary.withLibraryThreads(threadCount) {
                        matrices.multiply(rows: rows, columns: columns)
                    }
                }, afterwards: IdleWait.untilIdle)
        }
    }

    private func part(_ index: Int, of count: Int) -> Range<Int> {
        count * index / threadCount..<count * (index + 1) / threadCount
    }

    private func dense(_ matrices: Matrices, team: ThreadTeam) -> () -> Void {
        {
            MatrixProduct.multiply(
                matrices.input, byTransposeOf: matrices.weight, into: matrices.output, team: team)
        }
    }

    /// The head's product: blocks of logits that each thread overwrites with its next one.
    private func head(_ matrices: Matrices, team: ThreadTeam) throws(OutOfMemory) -> () -> Void {
        let blocks = ProductBlocks(
            rowCount: matrices.output.rowCount, columnCount: matrices.output.columnCount,
            mostRows: Self.logitRows)
        let scratch = try AlignedBuffer<Float>(count: blocks.largestBlock * threadCount)
        return {
            team.forEachChunk(of: blocks.count) { index, worker in
                let (rows, columns) = blocks.block(index)
                MatrixTile.multiply(
                    matrices.input.rows(rows), byTransposeOf: matrices.weight.rows(columns),
                    into: MatrixView(
                        base: scratch.base + worker * blocks.largestBlock, rowCount: rows.count,
                        columnCount: columns.count), accumulating: false)
            }
        }
    }
}
