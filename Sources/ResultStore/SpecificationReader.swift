import GRDB
import Training

/// Reads the specifications of trials from rows with their seeds and their cell's JSON.
///
/// There are far fewer cells than trials, so each cell is decoded once.
struct SpecificationReader {
    private var cells: [Int64: Cell] = [:]

    /// The specification in a row with the columns `cell_id`, `json`, `data_seed` and `noise_seed`.
    mutating func specification(_ row: Row) throws -> TrialSpecification {
        let noiseSeed: Int64 = try row.stored("noise_seed")
        let cellID: Int64 = try row.stored("cell_id")
        let cell = try cells[cellID] ?? CellRow.cell(row, idIn: "cell_id")
        cells[cellID] = cell
        return TrialSpecification(
            cell: cell, dataSeed: try row.stored("data_seed"), noiseSeed: UInt64(bitPattern: noiseSeed))
    }
}
