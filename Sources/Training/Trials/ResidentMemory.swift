import Foundation

/// What the operating system counts of this process's memory.
package enum ResidentMemory {
    /// The most bytes that were resident at one time since this program started, or 0 where the system does not say.
    ///
    /// Read from `VmHWM` of `/proc/self/status`: unlike `getrusage` it does not carry over what the parent held.
    package static func peakBytes() -> Int64 {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int64($0) }
            return (kibibytes ?? 0) * 1024
        }
        return 0
    }
}
