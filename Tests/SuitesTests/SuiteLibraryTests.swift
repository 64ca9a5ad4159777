import Foundation
import Suites
import Testing

@Suite("Suite library")
struct SuiteLibraryTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("lezobench-suites-\(UUID().uuidString)").path

    private func withFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SuiteTexts.tasks.write(toFile: folder + "/example.yaml", atomically: true, encoding: .utf8)
        try "suite: [".write(toFile: folder + "/broken.yaml", atomically: true, encoding: .utf8)
        try "notes".write(toFile: folder + "/README.md", atomically: true, encoding: .utf8)
        try body()
    }

    @Test("a suite is found by name and by path")
    func find() throws {
        try withFolder {
            let byName = try SuiteLibrary.find(
                "example", in: ["/nowhere", folder], vocabulary: SuiteTexts.vocabulary)
            let byPath = try SuiteLibrary.find(
                folder + "/example.yaml", in: [], vocabulary: SuiteTexts.vocabulary)
            #expect(byName.fileSHA256 == byPath.fileSHA256)
        }
    }

    @Test("a name that is not there is answered with the folders and the nearest suite")
    func missing() throws {
        try withFolder {
            let error = #expect(throws: SuiteError.self) {
                try SuiteLibrary.find("exampel", in: [folder], vocabulary: SuiteTexts.vocabulary)
            }
            #expect(
                error?.description
                    == "there is no suite 'exampel' in \(folder); did you mean 'example'? Known: broken, example"
            )
        }
    }

    @Test("without any folder the message says where suites were looked for")
    func noFolder() {
        let error = #expect(throws: SuiteError.self) {
            try SuiteLibrary.find("smoke", in: [], vocabulary: SuiteTexts.vocabulary)
        }
        #expect(
            error?.description
                == "there is no suite 'smoke': no folder with suites was found (looked for ./suites and beside the program); "
                + "name one with --suites")
    }

    @Test("a pretraining plan is not offered as a suite")
    func plansAreNoSuites() throws {
        try withFolder {
            try "pretraining: sandbox-pretrain\n".write(
                toFile: folder + "/sandbox-pretrain.yaml", atomically: true, encoding: .utf8)
            let error = #expect(throws: SuiteError.self) {
                try SuiteLibrary.find("sandbox-pretrian", in: [folder], vocabulary: SuiteTexts.vocabulary)
            }
            #expect(error?.advice == "known: broken, example")
        }
    }

    @Test("a path that is not there says so")
    func missingPath() {
        let error = #expect(throws: SuiteError.self) {
            try SuiteLibrary.find("nowhere/x.yaml", in: [], vocabulary: SuiteTexts.vocabulary)
        }
        #expect(error?.description == "nowhere/x.yaml: cannot read this suite file; there is no such file")
    }

    @Test("a broken file does not hide the others")
    func list() throws {
        try withFolder {
            let results = SuiteLibrary.list(in: [folder], vocabulary: SuiteTexts.vocabulary)
            #expect(results.count == 2)
            #expect(throws: SuiteError.self) { try results[0].get() }
            let second = try results[1].get()
            #expect(second.name == "example")
        }
    }
}
