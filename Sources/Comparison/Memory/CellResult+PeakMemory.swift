package import ResultStore
import Statistics

extension CellResult {
    /// The peaks of resident memory of its timing rounds, in bytes; those that were not recorded are left out.
    var peaksOfRounds: [Double] {
        rounds.map { Double($0.peakResidentBytes) }.filter { $0 > 0 }
    }

    /// Their median, nil without any.
    package var medianPeakOfRounds: Double? { median(of: peaksOfRounds) }
}
