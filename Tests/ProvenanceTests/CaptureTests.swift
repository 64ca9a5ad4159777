import Foundation
import Provenance
import Testing

@Suite("Capture of the environment")
struct CaptureTests {
    @Test("every fact of this machine is found, and what is handed in is kept")
    func capture() {
        let environment = Environment.capture(
            threadCount: 3, kernelInstructionSet: "avx2", blasVersion: "OpenBLAS 0.3.21",
            blasCoreType: "Haswell",
            expectedBLASCoreType: "SkylakeX")
        #expect(environment.processorCount >= 1)
        #expect(environment.memoryBytes > 1 << 20)
        #expect(environment.operatingSystem.contains("Linux"))
        #expect(environment.compiler.hasPrefix("Swift 6."))
        #expect(environment.threadCount == 3)
        #expect(environment.blasCoreType == "Haswell")
        #expect(environment.expectedBLASCoreType == "SkylakeX")
        #expect(environment.gitCommit == "unknown" || environment.gitCommit.count == 40)
    }

    @Test("a load sample is finite and not negative")
    func load() {
        let sample = LoadSample.take(milliseconds: 20)
        for value in [
            sample.loadAverage1, sample.loadAverage5, sample.loadAverage15, sample.otherBusyProcessors,
        ] {
            #expect(value.isFinite && value >= 0)
        }
    }

    @Test(
        "the name in os-release loses its quotes",
        arguments: [
            (
                "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n",
                "Debian GNU/Linux 12 (bookworm)"
            ),
            ("PRETTY_NAME=Plain\n", "Plain"), ("PRETTY_NAME='Single Quotes'\n", "Single Quotes"),
            ("NAME=x\n", nil),
        ] as [(String, String?)])
    func prettyName(_ text: String, _ expected: String?) {
        #expect(OperatingSystem.prettyName(osRelease: text) == expected)
    }
}
