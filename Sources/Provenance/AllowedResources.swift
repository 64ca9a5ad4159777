import Glibc

/// The processors and memory that this process may use, which in a container is less than the machine has.
package enum AllowedResources {
    /// Processors in the affinity mask, cut down to the control group's quota rounded up; at least 1.
    package static func processorCount() -> Int {
        let membership = SystemFile.text("/proc/self/cgroup") ?? ""
        let quotas = ControlGroup.folders(controller: "cpu", membership: membership).compactMap { folder in
            SystemFile.text(folder + "/cpu.max").flatMap(ControlGroup.processors(cpuMax:))
                ?? quotaOfVersion1(folder)
        }
        return count(affinity: affinityCount(), quotas: quotas)
    }

    /// Memory of the machine in bytes, cut down to the control group's limit.
    package static func memoryBytes() -> Int64 {
        let machine = totalMemory(meminfo: SystemFile.text("/proc/meminfo") ?? "") ?? 0
        let membership = SystemFile.text("/proc/self/cgroup") ?? ""
        let limits = ControlGroup.folders(controller: "memory", membership: membership).flatMap { folder in
            ["/memory.max", "/memory.limit_in_bytes"].compactMap { name in
                SystemFile.text(folder + name).flatMap(ControlGroup.memoryBytes(limit:))
            }
        }
        return limits.reduce(machine) { min($0, $1) }
    }

    /// The smallest of an affinity count and quotas, the latter rounded up, but at least 1.
    package static func count(affinity: Int, quotas: [Double]) -> Int {
        max(1, quotas.reduce(affinity) { min($0, Int($1.rounded(.up))) })
    }

    /// `MemTotal` of the text of `/proc/meminfo`, in bytes.
    package static func totalMemory(meminfo: String) -> Int64? {
        for line in meminfo.split(separator: "\n") where line.hasPrefix("MemTotal:") {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 2, let kibibytes = Int64(words[1]) else { return nil }
            return kibibytes * 1024
        }
        return nil
    }

    private static func quotaOfVersion1(_ folder: String) -> Double? {
        guard let quota = SystemFile.text(folder + "/cpu.cfs_quota_us"),
            let period = SystemFile.text(folder + "/cpu.cfs_period_us")
        else { return nil }
        return ControlGroup.processors(quotaMicroseconds: quota, periodMicroseconds: period)
    }

    /// Processors that the affinity mask in the text of `/proc/self/status` allows, nil when it tells none.
    package static func affinityCount(status: String) -> Int? {
        for line in status.split(separator: "\n") where line.hasPrefix("Cpus_allowed_list:") {
            let ranges = line.dropFirst("Cpus_allowed_list:".count).trimmedSpaces.split(separator: ",")
            let counts = ranges.map { range in
                let ends = range.split(separator: "-").compactMap { Int($0) }
                guard let first = ends.first, let last = ends.last, last >= first else { return 0 }
                return last - first + 1
            }
            let count = counts.reduce(0, +)
            return count > 0 ? count : nil
        }
        return nil
    }

    /// The mask is that of the calling thread's process, as `sched_getaffinity` gives it.
    private static func affinityCount() -> Int {
        SystemFile.text("/proc/self/status").flatMap(affinityCount(status:))
            ?? Int(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }
}
