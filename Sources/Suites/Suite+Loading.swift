import Digests
import Foundation
import Training
import Yams

extension Suite {
    /// Larger files are no suites.
    private static let maximumBytes = 1_000_000

    /// Reads a suite file.
    ///
    /// - Throws: ``SuiteError`` with file, line and column when anything in it is not exactly as `suites/README.md`
    ///   says.
    package static func load(path: String, vocabulary: SuiteVocabulary) throws(SuiteError) -> Suite {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SuiteError(
                file: path, line: nil, column: nil, problem: "cannot read this suite file",
                advice: FileManager.default.fileExists(atPath: path)
                    ? "check that it is a file and that you may read it" : "there is no such file")
        }
        guard bytes.count <= maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw SuiteError(
                file: path, line: nil, column: nil,
                problem: "this is not a suite: it is no UTF-8 text below 1 MB",
                advice: nil)
        }
        return try read(text, path: path, vocabulary: vocabulary)
    }

    /// Reads a suite from a text that came from `path`, which names the file in messages and in the result.
    ///
    /// - Throws: ``SuiteError`` as ``load(path:vocabulary:)``.
    package static func read(
        _ text: String, path: String, vocabulary: SuiteVocabulary
    ) throws(SuiteError) -> Suite {
        try refuseManyAliases(in: text, path: path)
        let root = try compose(text, path: path)
        let document = try SuiteReader(vocabulary: vocabulary).document(root)
        let url = URL(fileURLWithPath: path)
        let stem = url.deletingPathExtension().lastPathComponent
        guard document.name == stem else {
            let place = try root.mapping(known: SuiteReader.keys)["suite"] ?? root
            throw place.error(
                "the suite is named '\(document.name)', but its file '\(url.lastPathComponent)'",
                advice: "give both the same name, by which 'lezobench run' finds it")
        }
        let names = document.models.map(\.reference.name)
        let layerCounts = Dictionary(
            names.map { ($0, vocabulary.layerCount($0) ?? 0) }, uniquingKeysWith: { first, _ in first })
        let archives = document.work.compactMap { work in work.workload.taskName.map { ($0, work.archives) } }
        return Suite(
            name: document.name, title: document.title, fileName: url.lastPathComponent,
            fileSHA256: SHA256Digest.hex(of: text), text: text, claims: document.claims,
            usesSandbox: document.usesSandbox, timing: document.timing,
            candidates: SuiteExpansion(document: document, layerCounts: layerCounts).candidates(),
            filters: [],
            acceptedArchives: Dictionary(archives, uniquingKeysWith: { first, _ in first }),
            knownLayerCounts: layerCounts)
    }

    private static func compose(_ text: String, path: String) throws(SuiteError) -> SuiteNode {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw SuiteError(file: path, line: 1, column: 1, problem: "the file is empty", advice: nil)
            }
            return SuiteNode(file: path, name: "the suite", node: node)
        } catch let error as SuiteError {
            throw error
        } catch let error as YamlError {
            throw SuiteError(yaml: error, file: path)
        } catch {
            throw SuiteError(
                file: path, line: nil, column: nil, problem: "this is not YAML: \(error)", advice: nil)
        }
    }
}

extension SuiteError {
    /// An error of the YAML library, which knows places but speaks of its own insides.
    fileprivate init(yaml error: YamlError, file: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let circumstances = context.map { " (\($0.text) in line \($0.mark.line))" } ?? ""
            self.init(
                file: file, line: mark.line, column: mark.column,
                problem: "this is not YAML: \(problem)\(circumstances)",
                advice: "check the indentation, brackets and quotes there")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            self.init(
                file: file, line: context.mark.line, column: context.mark.column,
                problem: "the key \(names) is given twice in one mapping", advice: "remove one of them")
        case .reader(let problem, let offset, _, _):
            let place = offset.map { " at byte \($0)" } ?? ""
            self.init(
                file: file, line: nil, column: nil, problem: "this is not YAML: \(problem)\(place)",
                advice: nil)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            self.init(file: file, line: nil, column: nil, problem: "this is not YAML: \(error)", advice: nil)
        }
    }
}
