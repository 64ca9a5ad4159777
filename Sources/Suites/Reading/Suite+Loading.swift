import Digests
import Foundation
import Training

extension Suite {
    /// Larger files are no suites.
    private static let maximumBytes = 1_000_000

    /// Reads a suite file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - vocabulary: The names that it may use.
    ///   - protocolName: One of its protocols; nil for its default.
    /// - Throws: ``SuiteError`` with file, line and column when anything in it, in any of its protocols, is not exactly as
    ///   `suites/README.md` says; ``SuiteError`` that lists the protocols when it lacks the one asked for.
    package static func load(
        path: String, vocabulary: SuiteVocabulary, protocolName: String? = nil
    ) throws(SuiteError) -> Suite {
        let text = try YAMLFile.text(path: path, kind: "suite", maximumBytes: maximumBytes)
        return try read(text, path: path, vocabulary: vocabulary, protocolName: protocolName)
    }

    /// Reads a suite from a text that came from `path`, which names the file in messages and in the result.
    ///
    /// - Throws: ``SuiteError`` as ``load(path:vocabulary:protocolName:)``.
    package static func read(
        _ text: String, path: String, vocabulary: SuiteVocabulary, protocolName: String? = nil
    ) throws(SuiteError) -> Suite {
        let root = try SuiteNode.compose(text, path: path, name: "the suite")
        let protocols = try SuiteReader(vocabulary: vocabulary).protocols(root)
        let url = URL(fileURLWithPath: path)
        let stem = url.deletingPathExtension().lastPathComponent
        let name = protocols.documents.first?.document.name ?? ""
        guard name == stem else {
            throw (try root.mapping(known: SuiteReader.keys)["suite"] ?? root).error(
                "the suite is named '\(name)', but its file '\(url.lastPathComponent)'",
                advice: "give both the same name, by which 'lezobench run' finds it")
        }
        let document = try protocols.document(named: protocolName, ofSuite: name)
        let names = document.models.map(\.reference.name)
        let layerCounts = Dictionary(
            names.map { ($0, vocabulary.layerCount($0) ?? 0) }, uniquingKeysWith: { first, _ in first })
        let archives = document.work.compactMap { work in work.workload.taskName.map { ($0, work.archives) } }
        return Suite(
            name: name, title: document.title, fileName: url.lastPathComponent,
            protocolName: protocolName ?? protocols.defaultName, protocolNames: protocols.names,
            defaultProtocolName: protocols.defaultName, fileSHA256: SHA256Digest.hex(of: text), text: text,
            claims: document.claims,
            usesSandbox: document.usesSandbox, timing: document.timing,
            points: SuiteExpansion(
                document: document, layerCounts: layerCounts, generationTasks: vocabulary.generationTasks,
                classificationTasks: vocabulary.classificationTasks
            ).points(),
            filters: [],
            acceptedArchives: Dictionary(archives, uniquingKeysWith: { first, _ in first }),
            knownLayerCounts: layerCounts)
    }
}
