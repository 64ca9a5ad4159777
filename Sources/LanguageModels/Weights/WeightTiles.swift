import Kernels

/// How the rows of a weight matrix are cut into tiles that are prepared at once, by shape alone.
///
/// Tiles are narrow enough that both sides of a probe stay in a core's cache until they are multiplied, but not
/// narrower than the product's kernels want: with many rows of activations, 192 columns of output reach their full
/// rate, and what a wider tile fetches from the next cache is little beside the arithmetic.
struct WeightTiles {
    private let weightRowCount: Int
    private let rowsPerTile: Int
    /// The number of tiles.
    let count: Int

    /// Weight rows in a tile where nothing has to be prepared.
    private static let plainRows = 512
    /// Weight rows in a tile that is read into scratch memory.
    private static let preparedRows = 192
    /// Weight rows below which the product's kernels lose more than a tile in a farther cache costs.
    private static let fewestRows = 96
    /// Elements of a tile that leave room for two in 2 MiB.
    private static let cachedElements = 192 * 1024
    /// Rows of activations from which on arithmetic hides the fetching of a tile.
    private static let manyRows = 256

    /// The tiles of a matrix, for a product with `rowCount` rows of activations on each side.
    init(_ weight: WeightMatrix, rowCount: Int, isPrepared: Bool) {
        weightRowCount = weight.rowCount
        var most = isPrepared ? Self.preparedRows : Self.plainRows
        if isPrepared, rowCount < Self.manyRows {
            most = min(most, max(Self.fewestRows, Self.cachedElements / max(1, weight.columnCount) / 16 * 16))
        }
        // Four tiles or more, so that threads stay equally busy.
        most = min(most, max(16, (weight.rowCount / 4 + 15) / 16 * 16))
        let parts = (weight.rowCount + most - 1) / most
        rowsPerTile = max(16, ((weight.rowCount + parts - 1) / max(1, parts) + 15) / 16 * 16)
        count = (weight.rowCount + rowsPerTile - 1) / rowsPerTile
    }

    /// The weight rows of one tile: the columns of the product that it gives.
    func rows(_ index: Int) -> Range<Int> {
        index * rowsPerTile..<min(weightRowCount, (index + 1) * rowsPerTile)
    }

    /// The most weight rows that a tile has.
    var mostRows: Int { rowsPerTile }
}

extension ForwardPass {
    /// A tile as each stream sees it.
    struct Tile {
        /// Weight rows, counted from the matrix's first: columns of the product.
        let columns: Range<Int>
        /// One matrix for all streams, or one for each.
        let variants: [MatrixView]
    }

    /// Runs `body` once for each tile of a weight matrix, in parallel; `worker` picks scratch memory.
    ///
    /// Carries out the pending update on the matrix. The tile is valid only during its call.
    /// - Parameters:
    ///   - rowCount: Rows of activations that will meet the matrix, all streams together.
    func forEachTile(
        of weight: WeightMatrix, rowCount: Int, _ body: (_ tile: Tile, _ worker: Int) -> Void
    ) throws(LanguageModelError) {
        let updates = isPending(weight.range)
        let probes = reader.isProbed(weight.range)
        precondition(!probes || streamCount == 2)
        let tiles = self.tiles(of: weight, rowCount: rowCount)
        let elementsPerTile = tiles.mostRows * weight.columnCount
        // Float32 elements that are not probed are multiplied where they are.
        let copyCount = probes ? 2 : arena.format == .float32 ? 0 : 1
        let scratch = try workspace.floats(.tiles, count: copyCount * elementsPerTile * team.threadCount)
        team.forEachChunk(of: tiles.count) { index, worker in
            let columns = tiles.rows(index)
            let part = weight.rows(columns)
            let copy = scratch + copyCount * worker * elementsPerTile
            let variants: [UnsafeMutablePointer<Float>]
            if probes {
                variants = [copy, copy + elementsPerTile]
                reader.read(part.range, updating: updates, plus: variants[0], minus: variants[1])
            } else {
                if updates { reader.update(part.range) }
                switch arena.storage {
                case .float32(let base): variants = [base + part.offset]
                case .half:
                    arena.read(part.range, into: copy)
                    variants = [copy]
                }
            }
            let views = variants.map {
                MatrixView(base: $0, rowCount: part.rowCount, columnCount: part.columnCount)
            }
            body(Tile(columns: columns, variants: views), worker)
        }
        if updates { settled(weight.range) }
    }

    /// The tiles that ``forEachTile(of:rowCount:_:)`` cuts a matrix into.
    func tiles(of weight: WeightMatrix, rowCount: Int) -> WeightTiles {
        WeightTiles(weight, rowCount: rowCount / streamCount, isPrepared: needsPreparation(weight.range))
    }

    /// Whether a range must be changed or copied before it can be multiplied.
    func needsPreparation(_ range: Range<Int>) -> Bool {
        arena.format != .float32 || isPending(range) || reader.isProbed(range)
    }
}
