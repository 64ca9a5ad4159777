/// One cell with its seeds: what is trained and evaluated once.
package struct TrialSpecification: Sendable, Hashable, Codable {
    /// What is trained.
    package var cell: Cell
    /// Seed of the drawn examples, as the published code draws them (NumPy's legacy generator).
    package var dataSeed: UInt32
    /// Seed of the noise, the layer draws and the order of batches.
    package var noiseSeed: UInt64

    /// A trial from all its parts.
    package init(cell: Cell, dataSeed: UInt32, noiseSeed: UInt64) {
        self.cell = cell
        self.dataSeed = dataSeed
        self.noiseSeed = noiseSeed
    }
}
