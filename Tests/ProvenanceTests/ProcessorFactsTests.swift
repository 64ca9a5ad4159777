import Provenance
import Testing

@Suite("Processor facts")
struct ProcessorFactsTests {
    @Test("an x86-64 listing gives the name once and a clock rate for each processor")
    func x86() {
        let facts = ProcessorFacts(
            cpuinfo: """
                processor\t: 0
                vendor_id\t: GenuineIntel
                model name\t: Intel(R) Xeon(R) Processor @ 2.10GHz
                cpu MHz\t\t: 2100.000
                flags\t\t: fpu vme avx2

                processor\t: 1
                vendor_id\t: GenuineIntel
                model name\t: Intel(R) Xeon(R) Processor @ 2.10GHz
                cpu MHz\t\t: 2699.998

                """)
        #expect(facts.modelName == "Intel(R) Xeon(R) Processor @ 2.10GHz")
        #expect(facts.megahertz == [2100, 2699.998])
    }

    @Test("an AArch64 listing has numbers instead of a name and no clock rate")
    func arm() {
        let facts = ProcessorFacts(
            cpuinfo: """
                processor\t: 0
                BogoMIPS\t: 243.75
                CPU implementer\t: 0x41
                CPU part\t: 0xd0c
                """)
        #expect(facts.modelName == "AArch64 implementer 0x41 part 0xd0c")
        #expect(facts.megahertz.isEmpty)
    }

    @Test("an empty listing is unknown")
    func empty() {
        #expect(ProcessorFacts(cpuinfo: "").modelName == "unknown")
    }
}
