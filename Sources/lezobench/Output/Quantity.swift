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

    /// A duration as a person says it: `42 s`, `3 min 05 s`, `2 h 10 min`.
    static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        return "\(whole / 3600) h \(twoDigits(whole % 3600 / 60)) min"
    }
}
