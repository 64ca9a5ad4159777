import Provenance
import Testing

@Suite("Control groups")
struct ControlGroupTests {
    @Test("version 2 has one tree, looked at from the group up to the root")
    func version2() {
        #expect(
            ControlGroup.folders(controller: "cpu", membership: "0::/system.slice/job.scope\n") == [
                "/sys/fs/cgroup/system.slice/job.scope", "/sys/fs/cgroup/system.slice", "/sys/fs/cgroup",
            ])
        #expect(ControlGroup.folders(controller: "memory", membership: "0::/\n") == ["/sys/fs/cgroup"])
    }

    @Test("version 1 has a tree for each controller")
    func version1() {
        let membership = "12:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n"
        #expect(
            ControlGroup.folders(controller: "cpu", membership: membership) == [
                "/sys/fs/cgroup/cpu/docker/abc", "/sys/fs/cgroup/cpu/docker", "/sys/fs/cgroup/cpu",
            ])
        #expect(
            ControlGroup.folders(controller: "memory", membership: membership).first
                == "/sys/fs/cgroup/memory/docker/abc")
    }

    @Test(
        "a quota is in processors, and max is none",
        arguments: [
            ("150000 100000\n", 1.5), ("max 100000\n", nil), ("50000 100000", 0.5), ("", nil),
            ("0 100000", nil),
        ])
    func cpuMax(_ text: String, _ expected: Double?) {
        #expect(ControlGroup.processors(cpuMax: text) == expected)
    }

    @Test("a version 1 quota of -1 is none")
    func quota() {
        #expect(ControlGroup.processors(quotaMicroseconds: "-1\n", periodMicroseconds: "100000\n") == nil)
        #expect(ControlGroup.processors(quotaMicroseconds: "300000\n", periodMicroseconds: "100000\n") == 3)
    }

    @Test(
        "a memory limit is in bytes, and max or version 1's largest number is none",
        arguments: [
            ("8589934592\n", 8_589_934_592), ("max\n", nil), ("9223372036854771712\n", nil), ("", nil),
        ] as [(String, Int64?)])
    func memory(_ text: String, _ expected: Int64?) {
        #expect(ControlGroup.memoryBytes(limit: text) == expected)
    }
}
