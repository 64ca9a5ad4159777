import Provenance
import Testing

@Suite("Allowed resources")
struct AllowedResourcesTests {
    @Test(
        "the smallest of affinity and quotas counts, rounded up, and never less than one",
        arguments: [
            (8, [], 8), (8, [2.5], 3), (2, [16], 2), (8, [0.5], 1), (8, [4, 1.5], 2),
        ] as [(Int, [Double], Int)])
    func count(_ affinity: Int, _ quotas: [Double], _ expected: Int) {
        #expect(AllowedResources.count(affinity: affinity, quotas: quotas) == expected)
    }

    @Test(
        "an affinity list is counted",
        arguments: [
            ("Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-7\n", 8),
            ("Cpus_allowed_list:\t0-1,4,6-7\n", 5),
            ("Cpus_allowed_list:\t3\n", 1), ("Name:\tx\n", nil), ("Cpus_allowed_list:\t\n", nil),
        ] as [(String, Int?)])
    func affinity(_ text: String, _ expected: Int?) {
        #expect(AllowedResources.affinityCount(status: text) == expected)
    }

    @Test("total memory is in kibibytes")
    func memory() {
        #expect(
            AllowedResources.totalMemory(meminfo: "MemTotal:       24646092 kB\nMemFree: 1 kB\n")
                == Int64(24_646_092 * 1024))
        #expect(AllowedResources.totalMemory(meminfo: "MemFree: 1 kB\n") == nil)
    }
}
