import Foundation

/// Numbers as a person reads them.
enum Quantity {
    /// Bytes in binary units: `540.3 MiB`.
    static func bytes(_ count: Double) -> String {
        var value = count
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if value < 1024 || unit == "GiB" { return "\(fixed(value, digits: unit == "B" ? 0 : 1)) \(unit)" }
            value /= 1024
        }
        return fixed(count, digits: 0) + " B"
    }

    /// A number with a fixed count of decimals.
    static func fixed(_ value: Double, digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
