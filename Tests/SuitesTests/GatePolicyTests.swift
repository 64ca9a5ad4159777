import Suites
import Testing

@Suite("Gate policy")
struct GatePolicyTests {
    private func read(_ text: String) throws -> GatePolicy { try GatePolicy.read(text, path: "gate.yaml") }

    @Test("a policy of comments and one key keeps all other defaults")
    func defaults() throws {
        var expected = GatePolicy()
        #expect(try read("undecided: fail") == expected)
        expected.timing.rounds = 12
        #expect(try read("# quick\ntiming: {rounds: 12}") == expected)
    }

    @Test("every key is read")
    func allKeys() throws {
        let policy = try read(
            """
            exact: {numbers: warn, work: ignore, memory: ignore, memory_tolerance: 0.05}
            quality: {margin_points: 2, significance: 0.1}
            timing: {missing: warn, margin: 0.03, rounds: 12, significance: 0.02, confirmation: 0.005, detectable: 0.2}
            history: {runs: 10, significance: 0.01}
            undecided: warn
            """)
        #expect(
            policy.exact.numbers == .warn && policy.exact.work == .ignore && policy.exact.memory == .ignore)
        #expect(policy.exact.memoryTolerance == 0.05)
        #expect(policy.quality.marginPoints == 2 && policy.quality.significance == 0.1)
        #expect(policy.timing.missing == .warn && policy.timing.margin == 0.03 && policy.timing.rounds == 12)
        #expect(policy.timing.significance == 0.02 && policy.timing.confirmation == 0.005)
        #expect(policy.timing.detectable == 0.2)
        #expect(policy.history.runs == 10 && policy.history.significance == 0.01)
        #expect(policy.undecided == .warn)
    }

    @Test(
        "every mistake is met with file, line, column and what to do",
        arguments: [
            (
                "timming: {}",
                "gate.yaml:1:1: unknown key 'timming' in 'the policy'; did you mean 'timing'? "
                    + "Known: exact, quality, timing, history, undecided"
            ),
            (
                "timing: {round: 3}",
                "gate.yaml:1:10: unknown key 'round' in 'timing'; did you mean 'rounds'? "
                    + "Known: missing, margin, rounds, significance, confirmation, detectable"
            ),
            (
                "exact: {numbers: warning}",
                "gate.yaml:1:18: unknown consequence 'warning'; known: fail, warn, ignore"
            ),
            (
                "undecided: ignore",
                "gate.yaml:1:12: unknown consequence 'ignore'; known: fail, warn"
            ),
            (
                "timing: {margin: two}",
                "gate.yaml:1:18: 'margin' must be a number from 0.0 to 1.0, but it is 'two'"
            ),
            (
                "quality: {significance: 0}",
                "gate.yaml:1:25: 'significance' must be a number above 0.0 up to 0.5, but it is '0'"
            ),
            (
                "timing: {rounds: 0}",
                "gate.yaml:1:18: 'rounds' must be a whole number from 1 to 1000, but it is '0'"
            ),
            ("", "gate.yaml:1:1: the file is empty"),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: SuiteError.self) { try read(text) }
        #expect(error?.description == message)
    }

    @Test("a file that is not there is named")
    func missing() {
        let error = #expect(throws: SuiteError.self) { try GatePolicy.load(path: "nowhere/gate.yaml") }
        #expect(
            error?.description == "nowhere/gate.yaml: cannot read this policy file; there is no such file")
    }
}
