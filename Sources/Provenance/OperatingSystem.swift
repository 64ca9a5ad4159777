import Glibc

/// The operating system's name and kernel.
package enum OperatingSystem {
    /// Such as `Debian GNU/Linux 12 (bookworm), Linux 6.1.0-18-amd64, x86_64`.
    package static func description() -> String {
        let release = SystemFile.text("/etc/os-release") ?? SystemFile.text("/usr/lib/os-release") ?? ""
        return ([prettyName(osRelease: release)].compactMap { $0 } + [kernel()]).joined(separator: ", ")
    }

    /// The `PRETTY_NAME` of the text of `/etc/os-release`, without its quotes.
    package static func prettyName(osRelease: String) -> String? {
        for line in osRelease.split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
            let value = line.dropFirst("PRETTY_NAME=".count).trimmedSpaces
            let quotes: [Character] = ["\"", "'"]
            guard value.count >= 2, let first = value.first, quotes.contains(first), value.last == first
            else {
                return value.isEmpty ? nil : value
            }
            return String(value.dropFirst().dropLast())
        }
        return nil
    }

    private static func kernel() -> String {
        var names = utsname()
        guard uname(&names) == 0 else { return "unknown kernel" }
        return "\(text(names.sysname)) \(text(names.release)), \(text(names.machine))"
    }

    /// The text in one of the fixed-size fields of `utsname`.
    private static func text<Field>(_ field: Field) -> String {
        withUnsafeBytes(of: field) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
