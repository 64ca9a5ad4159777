/// The limits that control groups lay on this process.
///
/// Version 2 has one tree with `cpu.max` and `memory.max`; version 1 has a tree for each controller, with
/// `cpu.cfs_quota_us`, `cpu.cfs_period_us` and `memory.limit_in_bytes`. A limit of any ancestor holds too.
package enum ControlGroup {
    /// Folders of this process's group and its ancestors, nearest first, that may hold files of `controller`.
    ///
    /// - Parameters:
    ///   - controller: `cpu` or `memory`.
    ///   - membership: The text of `/proc/self/cgroup`.
    package static func folders(controller: String, membership: String) -> [String] {
        var folders: [String] = []
        for line in membership.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2].hasPrefix("/") else { continue }
            let controllers = parts[1].split(separator: ",")
            if parts[1].isEmpty {
                folders += ancestors(of: String(parts[2]), under: "/sys/fs/cgroup")
            } else if controllers.contains(Substring(controller)) {
                folders += ancestors(of: String(parts[2]), under: "/sys/fs/cgroup/\(controller)")
            }
        }
        return folders
    }

    /// Processors that the text of `cpu.max` (`quota period`, or `max period`) allows, nil for no limit.
    package static func processors(cpuMax: String) -> Double? {
        let words = cpuMax.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]) else {
            return nil
        }
        return processors(quota: quota, period: period)
    }

    /// Processors that the texts of `cpu.cfs_quota_us` and `cpu.cfs_period_us` allow, nil for no limit.
    package static func processors(quotaMicroseconds: String, periodMicroseconds: String) -> Double? {
        guard let quota = firstNumber(quotaMicroseconds), let period = firstNumber(periodMicroseconds) else {
            return nil
        }
        return processors(quota: quota, period: period)
    }

    /// Bytes that the text of `memory.max` or `memory.limit_in_bytes` allows, nil for no limit.
    package static func memoryBytes(limit: String) -> Int64? {
        guard let bytes = limit.split(whereSeparator: \.isWhitespace).first.flatMap({ Int64($0) }), bytes > 0
        else {
            return nil
        }
        // Version 1 writes "no limit" as the largest page-aligned number.
        return bytes >= Int64.max / 4096 * 4096 ? nil : bytes
    }

    private static func processors(quota: Double, period: Double) -> Double? {
        quota > 0 && period > 0 ? quota / period : nil
    }

    private static func firstNumber(_ text: String) -> Double? {
        text.split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
    }

    private static func ancestors(of path: String, under root: String) -> [String] {
        var names = path.split(separator: "/").map(String.init)
        var folders: [String] = []
        while !names.isEmpty {
            folders.append(root + "/" + names.joined(separator: "/"))
            names.removeLast()
        }
        return folders + [root]
    }
}
