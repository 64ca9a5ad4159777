import Kernels

/// A table with one row of parameters for each token or position.
struct EmbeddingTable {
    let weight: WeightMatrix

    /// The table of that name, with its `.weight`.
    init(_ arena: ParameterArena, _ name: String) throws(LanguageModelError) {
        weight = try arena.matrix(name)
    }

    /// The width of a row.
    var width: Int { weight.columnCount }

    /// `output[r] = table[indices[r]]`, or `+=`; with two streams the second half of the rows repeats the indices.
    ///
    /// Rows that a pending update acts on are read as they will be; the update itself is left to a later pass over
    /// the whole table. Every index is in the table.
    func gather(
        _ indices: [Int32], into output: MatrixView, accumulating: Bool = false, pass: ForwardPass
    ) {
        precondition(indices.count == output.rowCount && output.columnCount == width)
        guard pass.needsPreparation(weight.range) else {
            let table = MatrixView(
                base: pass.arena.base + weight.offset, rowCount: weight.rowCount, columnCount: width)
            if accumulating {
                RowGathering.add(indices, from: table, into: output, team: pass.team)
            } else {
                RowGathering.gather(indices, from: table, into: output, team: pass.team)
            }
            return
        }
        let isProbed = pass.reader.isProbed(weight.range)
        let isPending = pass.isPending(weight.range)
        let variantCount = isProbed ? 2 : 1
        let rowCount = output.rowCount / variantCount
        pass.team.forEachRowChunk(rowCount: rowCount, columnCount: width) { rows in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * width) { scratch in
                guard let present = scratch.baseAddress else { return }
                for row in rows {
                    let range = weight.rows(Int(indices[row])..<Int(indices[row]) + 1).range
                    pass.reader.peek(range, isPending: isPending, into: present)
                    if isProbed {
                        pass.reader.probe(
                            present, of: range, plus: present + width, minus: present + 2 * width)
                    }
                    for variant in 0..<variantCount {
                        let values = present + (isProbed ? variant + 1 : 0) * width
                        Self.put(
                            values, into: output.row(variant * rowCount + row), count: width,
                            accumulating: accumulating)
                    }
                }
            }
        }
    }

    private static func put(
        _ values: UnsafePointer<Float>, into row: UnsafeMutablePointer<Float>, count: Int, accumulating: Bool
    ) {
        if accumulating {
            for column in 0..<count { row[column] += values[column] }
        } else {
            row.update(from: values, count: count)
        }
    }
}
