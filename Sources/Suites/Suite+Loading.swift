import Digests
import Foundation
import Training

extension Suite {
    /// Larger files are no suites.
    private static let maximumBytes = 1_000_000

    /// Reads a suite file.
    ///
    /// - Throws: ``SuiteError`` with file, line and column when anything in it is not exactly as `suites/README.md`
    ///   says.
    package static func load(path: String, vocabulary: SuiteVocabulary) throws(SuiteError) -> Suite {
        let text = try YAMLFile.text(path: path, kind: "suite", maximumBytes: maximumBytes)
        return try read(text, path: path, vocabulary: vocabulary)
    }

    /// Reads a suite from a text that came from `path`, which names the file in messages and in the result.
    ///
    /// - Throws: ``SuiteError`` as ``load(path:vocabulary:)``.
    package static func read(
        _ text: String, path: String, vocabulary: SuiteVocabulary
    ) throws(SuiteError) -> Suite {
        let root = try SuiteNode.compose(text, path: path, name: "the suite")
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
}
