import Kernels

extension LayerKernelBenchmark {
    /// Queries, and keys, of a block of attention at 64 tokens.
    private static let attentionBlock = 64
    /// Rows and columns of a block of a product or of logits.
    private static let productBlock = 512
    /// Blocks of attention that a call handles.
    private static let attentionBlockCount = 192
    /// Blocks of products that a call handles.
    private static let productBlockCount = 8

    /// Kernels that one thread runs on a block that is still in its own cache.
    func perThreadCases() throws(OutOfMemory) -> [Case] {
        let (attention, product) = (Self.attentionBlock, Self.productBlock)
        let vectors = try AlignedBuffer<Float>(count: 3 * product)
        let ends = try AlignedBuffer<Int32>(count: attention)
        for row in 0..<attention { ends.base[row] = Int32(row + 1) }
        return [
            try make(
                "attention softmax", size: attention, repetitions: Self.attentionBlockCount,
                .readModifyWrite
            ) { block, _ in
                RowReduction.softmax(block, first: 0, ends: ends.base)
            },
            try make("bias", size: product, repetitions: Self.productBlockCount, .readModifyWrite) {
                block, _ in
                MatrixProduct.finish(block, .bias(vectors.base), firstColumn: 0)
            },
            try make(
                "bias and ReLU", size: product, repetitions: Self.productBlockCount, .readModifyWrite
            ) { block, _ in
                MatrixProduct.finish(block, .biasThenReLU(vectors.base), firstColumn: 0)
            },
            try make("sums of exponentials", size: product, repetitions: Self.productBlockCount, .read) {
                block, results in
                RowReduction.exponentialSums(block, maxima: results, sums: results + product)
            },
        ]
    }

    /// A kernel on square blocks, each thread going over its own block again and again.
    private func make(
        _ kernel: String, size: Int, repetitions: Int, _ ceiling: PlainLoop,
        _ call: @escaping (_ block: MatrixView, _ results: UnsafeMutablePointer<Float>) -> Void
    ) throws(OutOfMemory) -> Case {
        let team = ThreadTeam(threadCount: threadCount)
        let single = ThreadTeam(threadCount: 1)
        let blocks = try PatternMatrix(rows: threadCount * size, columns: size, seed: 4, team: team)
        let results = try AlignedBuffer<Float>(count: threadCount * 2 * size)
        let shape = LayerKernelShape(
            kernel: kernel, rowCount: size, columnCount: size, passes: ceiling == .read ? 1 : 2,
            matrixCount: 1, ceiling: ceiling, repetitions: repetitions)
        func block(_ worker: Int) -> MatrixView { blocks.view.rows(worker * size..<(worker + 1) * size) }
        return Case(
            shape: shape,
            call: {
                team.forEachChunk(of: repetitions) { _, worker in
                    call(block(worker), results.base + worker * 2 * size)
                }
            },
            ceiling: {
                team.forEachChunk(of: repetitions) { _, worker in
                    let elements = UnsafeMutableBufferPointer(start: block(worker).base, count: size * size)
                    if ceiling == .read {
                        results.base[worker * 2 * size] = MemoryLoops.maximum(of: elements, team: single)
                    } else {
                        MemoryLoops.add(1e-3, to: elements, team: single)
                    }
                }
            })
    }
}
