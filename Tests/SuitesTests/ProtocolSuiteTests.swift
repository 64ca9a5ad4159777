import Foundation
import Optimizers
import Suites
import Testing
import Training

/// Suites with a choice of protocols, and tasks with settings of their own.
@Suite("Suites with protocols")
struct ProtocolSuiteTests {
    static let text = """
        suite: example
        title: An example
        claims: [LEZO-phase]
        protocols:
          quick:
            models: [{name: tiny-4}]
            tasks:
              - {name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
              - name: squad
                archives: [squad]
                train_examples: 4
                dev_examples: 2
                test_examples: 3
                methods:
                  - zero-shot
                  - {mezo: {learning_rate: [1.0e-5], perturbation_scale: 1.0e-3}}
                schedule: {steps: 6, batch_size: 2, eval_every: 3}
            methods:
              - {mezo: {learning_rate: [1.0e-6, 2.0e-6], perturbation_scale: 1.0e-3}}
            plans: [fused]
            schedule: {steps: 30, batch_size: 4, eval_every: 10}
          published:
            models: [{name: tiny-30, storage: float16, first_token: tokenizer}]
            tasks:
              - {name: boolq, title: kept, archives: [BoolQ.zip], train_examples: 80, dev_examples: 40, test_examples: 60}
              - {name: sst2, archives: [SST-2.zip], train_examples: 80, dev_examples: 40, test_examples: 60}
            methods: [zero-shot]
        default_protocol: quick
        """

    private func read(_ text: String = text, _ protocolName: String? = nil) throws -> Suite {
        try Suite.read(
            text, path: "suites/example.yaml", vocabulary: SuiteTexts.vocabulary, protocolName: protocolName)
    }

    @Test("the default protocol is read when none is asked for, else the one that is")
    func choice() throws {
        let quick = try read()
        #expect(quick.protocolName == "quick" && quick.protocolNames == ["quick", "published"])
        #expect(quick.defaultProtocolName == "quick")
        #expect(quick.layerCounts == ["tiny-4": 4])
        let published = try read(Self.text, "published")
        #expect(published.protocolName == "published" && published.defaultProtocolName == "quick")
        #expect(published.layerCounts == ["tiny-30": 30])
        #expect(published.fileSHA256 == quick.fileSHA256)
        #expect(published.trials.map(\.cell.workload.taskName) == ["boolq-with-titles", "sst2"])
        #expect(published.trials.allSatisfy { $0.cell.model.firstToken == .tokenizer })
        #expect(quick.claims == ["LEZO-phase"] && published.claims == quick.claims)
    }

    @Test("a task's own methods and schedule stand in place of the suite's")
    func overrides() throws {
        let suite = try read()
        let found = suite.trials.map(\.cell).map { cell in
            "\(cell.workload.taskName ?? "-") \(cell.method.zerothOrderSettings?.learningRate ?? 0) "
                + "\(cell.schedule.steps) \(cell.schedule.batchSize) \(cell.plan.rawValue)"
        }
        #expect(
            found == [
                "sst2 1e-06 30 4 fused", "sst2 2e-06 30 4 fused", "squad 0.0 0 1 reference",
                "squad 1e-05 6 2 fused",
            ])
    }

    @Test("trials of one protocol that are trials of another are the same trials")
    func sameTrials() throws {
        let plain = try SuiteTexts.read(SuiteTexts.tasks)
        let matrix = SuiteTexts.tasks.split(separator: "\n").dropFirst(3).map { "    \($0)" }.joined(
            separator: "\n")
        let text = """
            suite: example
            title: An example
            claims: [LEZO-phase]
            protocols:
              small:
            \(matrix)
            default_protocol: small
            """
        #expect(try read(text).trials == plain.trials)
        #expect(plain.protocolName.isEmpty && plain.protocolNames.isEmpty)
    }

    @Test("a library lists a suite once for each protocol, and finds it under one")
    func library() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "protocols-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.text.write(
            to: folder.appendingPathComponent("example.yaml"), atomically: true, encoding: .utf8)
        let suites = try SuiteLibrary.list(in: [folder.path], vocabulary: SuiteTexts.vocabulary).map {
            try $0.get()
        }
        #expect(suites.map(\.protocolName) == ["quick", "published"])
        let found = try SuiteLibrary.find(
            "example", in: [folder.path], vocabulary: SuiteTexts.vocabulary, protocolName: "published")
        #expect(found.protocolName == "published")
    }

    @Test("a protocol that is not there is answered with those that are")
    func unknown() throws {
        let misspelt = #expect(throws: SuiteError.self) { try read(Self.text, "quik") }
        #expect(
            misspelt?.description
                == "the suite 'example' has no protocol 'quik'; did you mean 'quick'? Known: quick, published"
        )
        let needless = #expect(throws: SuiteError.self) { try read(SuiteTexts.tasks, "quick") }
        #expect(
            needless?.description
                == "the suite 'example' has no protocols to choose among, but 'quick' was asked for; leave the protocol out"
        )
    }

    @Test("every beginning of a file is read or refused with its place")
    func prefixes() {
        for end in Self.text.indices {
            do {
                _ = try read(String(Self.text[..<end]))
            } catch let error as SuiteError {
                #expect(error.line != nil && error.column != nil, "\(error)")
            } catch {
                Issue.record(error)
            }
        }
    }

    @Test("mistakes are met in every protocol, whichever is run", arguments: mistakes)
    func mistake(_ wrong: WrongSuite) throws {
        let text = SuiteTexts.replacing(wrong.old, by: wrong.new, in: wrong.text)
        try #require(text != wrong.text, "the change must apply")
        let error = #expect(throws: SuiteError.self) { try read(text) }
        #expect(error?.description == wrong.message)
    }

    private static let mistakes = [
        WrongSuite(
            old: "protocols:", new: "plans: [fused]\nprotocols:",
            message: "suites/example.yaml:4:8: 'plans' is stated by each protocol, so it cannot stand beside "
                + "'protocols'; move it into the protocols", text: text),
        WrongSuite(
            old: "    methods: [zero-shot]", new: "    metods: [zero-shot]",
            message:
                "suites/example.yaml:27:5: unknown key 'metods' in 'published'; did you mean 'methods'? Known: "
                + "models, tasks, shapes, methods, objective, plans, schedule, seeds, timing", text: text),
        WrongSuite(
            old: "    methods: [zero-shot]", new: "",
            message: "suites/example.yaml:23:5: 'published' lacks the key 'methods'", text: text),
        WrongSuite(
            old: "default_protocol: quick", new: "default_protocol: quik",
            message:
                "suites/example.yaml:28:19: unknown protocol 'quik'; did you mean 'quick'? Known: quick, published",
            text: text),
        WrongSuite(
            old: "default_protocol: quick", new: "",
            message: "suites/example.yaml:1:1: a suite with 'protocols' needs the key 'default_protocol'; "
                + "name the one to run when none is asked for", text: text),
        WrongSuite(
            old: "title: An example", new: "title: An example\ndefault_protocol: quick",
            message:
                "suites/example.yaml:3:19: 'default_protocol' names one of 'protocols', and this suite has none; "
                + "remove it"),
        WrongSuite(
            old: "  published:", new: "  As published:",
            message:
                "suites/example.yaml:22:3: the name of a protocol must be lower-case letters, digits and hyphens, "
                + "but it is 'As published'", text: text),
        WrongSuite(
            old: "title: kept", new: "title: keep",
            message:
                "suites/example.yaml:25:30: unknown treatment of titles 'keep'; known: cut, "
                + "kept", text: text),
        WrongSuite(
            old: "{name: sst2, archives: [SST-2.zip], train_examples: 80",
            new: "{name: sst2, title: cut, archives: [SST-2.zip], train_examples: 80",
            message:
                "suites/example.yaml:26:29: the texts of 'sst2' have no titles to cut or keep; 'title' is for 'boolq' "
                + "alone; remove it", text: text),
        WrongSuite(
            old: "first_token: tokenizer", new: "first_token: tokeniser",
            message:
                "suites/example.yaml:23:61: unknown first token 'tokeniser'; did you mean 'tokenizer'? Known: "
                + "published, tokenizer", text: text),
        WrongSuite(
            old: "        schedule: {steps: 6, batch_size: 2, eval_every: 3}",
            new: "        schedule: {steps: 6, batch_size: 2}",
            message: "suites/example.yaml:17:19: 'schedule' lacks the key 'eval_every'", text: text),
        WrongSuite(
            old:
                "          - zero-shot\n          - {mezo: {learning_rate: [1.0e-5], perturbation_scale: 1.0e-3}}",
            new: "          - {zero-shot: {calibrate: true}}",
            message:
                "suites/example.yaml:8:7: 'squad' is scored by generated answers, which have no options to "
                + "calibrate; leave 'calibrate' out of its methods", text: text),
        WrongSuite(
            old: "weights: random(1), optional", new: "weights: random(1), first_token: published, optional",
            message: "suites/example.yaml:5:54: shapes are no texts, so they have no first token; remove it",
            text: SuiteTexts.shapes),
    ]
}
