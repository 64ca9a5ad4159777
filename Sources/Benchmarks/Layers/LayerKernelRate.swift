/// A plain loop over memory that bounds another kernel.
package enum PlainLoop: String, Sendable, Hashable, Codable {
    /// `a[i] += s`: the bound of what works in place.
    case readModifyWrite = "read-modify-write"
    /// `b[i] = a[i]`: the bound of what reads one matrix and writes another.
    case copy
    /// `max a[i]`: the bound of what only reads.
    case read
}

/// How fast an element-wise or row-wise kernel of a layer moves its rows, and how fast a plain loop moves as many
/// bytes of a working set of the same size.
package struct LayerKernelRate: Sendable, Hashable, Codable {
    /// What the kernel does, such as `LayerNorm`.
    package let kernel: String
    /// Rows of a call.
    package let rowCount: Int
    /// Columns of a row.
    package let columnCount: Int
    /// Bytes that are read and written once each by a call, vectors that stay in registers or cache left out.
    package let bytesMoved: Int
    /// Bytes of memory that calls go over, on each thread for itself where it has its own.
    package let workingSetBytes: Int
    /// The loop that bounds it.
    package let ceiling: PlainLoop
    /// 10⁹ bytes a second that the kernel moves, from the median over rounds.
    package let gigabytesPerSecond: Double
    /// 10⁹ bytes a second that the plain loop moves.
    package let ceilingGigabytesPerSecond: Double
    /// The first over the second, in the same rounds.
    package let shareOfCeiling: Double
    /// Nanoseconds of a call in each round.
    package let callNanoseconds: RoundTimes
    /// Nanoseconds of the plain loop in each round.
    package let ceilingNanoseconds: RoundTimes

    /// A rate from the times of both.
    package init(
        _ shape: LayerKernelShape, callNanoseconds: RoundTimes, ceilingNanoseconds: RoundTimes
    ) {
        kernel = shape.kernel
        rowCount = shape.rowCount
        columnCount = shape.columnCount
        bytesMoved = shape.bytesMoved
        workingSetBytes = shape.workingSetBytes
        ceiling = shape.ceiling
        gigabytesPerSecond = callNanoseconds.perNanosecond(Double(shape.bytesMoved))
        ceilingGigabytesPerSecond = ceilingNanoseconds.perNanosecond(Double(shape.ceilingBytesMoved))
        shareOfCeiling = callNanoseconds.rate(
            over: ceilingNanoseconds, amount: Double(shape.bytesMoved),
            otherAmount: Double(shape.ceilingBytesMoved))
        self.callNanoseconds = callNanoseconds
        self.ceilingNanoseconds = ceilingNanoseconds
    }
}

/// What a layer kernel's call goes over.
package struct LayerKernelShape: Sendable, Hashable {
    /// What the kernel does.
    package let kernel: String
    /// Rows of a call.
    package let rowCount: Int
    /// Columns of a row.
    package let columnCount: Int
    /// Reads and writes of matrices of that shape by a call.
    package let passes: Int
    /// Matrices of that shape that a call goes over.
    package let matrixCount: Int
    /// The loop that bounds it.
    package let ceiling: PlainLoop
    /// How many blocks a call handles one after the other in the same memory, 1 where it has memory for all.
    package let repetitions: Int

    /// A shape from its values.
    package init(
        kernel: String, rowCount: Int, columnCount: Int, passes: Int, matrixCount: Int, ceiling: PlainLoop,
        repetitions: Int = 1
    ) {
        self.kernel = kernel
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.passes = passes
        self.matrixCount = matrixCount
        self.ceiling = ceiling
        self.repetitions = repetitions
    }

    private var matrixBytes: Int { rowCount * columnCount * MemoryLayout<Float>.stride }

    /// Bytes read and written by a call.
    package var bytesMoved: Int { passes * matrixBytes * repetitions }
    /// Bytes that a call goes over.
    package var workingSetBytes: Int { matrixCount * matrixBytes }
    /// Bytes that the plain loop reads and writes when it goes over the same memory as often.
    package var ceilingBytesMoved: Int {
        workingSetBytes * repetitions * (ceiling == .readModifyWrite ? 2 : 1)
    }
}
