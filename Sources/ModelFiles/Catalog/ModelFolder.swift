import Archives
import Digests
import Foundation
import Tokenization

/// A Hugging Face folder, on disk or inside an archive.
struct ModelFolder {
    /// Where it is, for errors.
    let name: String
    /// File names in it, sorted.
    let fileNames: [String]
    private let archive: Archive?
    /// The folder's path, or its place in the archive, with a slash at the end unless empty.
    private let prefix: String

    /// A folder on disk.
    init(path: String) throws(ModelFileError) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw ModelFileError(
                .unreadable, file: path, "cannot be listed", advice: "check the path and that you may read it"
            )
        }
        name = path
        fileNames = names.sorted()
        archive = nil
        prefix = path.hasSuffix("/") ? path : path + "/"
    }

    /// The folder of an archive that holds `configuration`.
    init(_ archive: Archive, configuration: String, entryNames: [String]) {
        let prefix = String(configuration.dropLast("config.json".count))
        self.prefix = prefix
        self.archive = archive
        name = "\(archive.path): \(prefix.isEmpty ? "top folder" : prefix)"
        fileNames =
            entryNames
            .filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") }
            .map { String($0.dropFirst(prefix.count)) }
            .sorted()
    }

    /// The bytes of a file in it.
    func file(_ fileName: String) throws(ModelFileError) -> FileBytes {
        guard fileNames.contains(fileName) else {
            throw ModelFileError(
                .notFound, file: name, "holds no \(fileName)", advice: "fetch the model's \(fileName) into it"
            )
        }
        if let archive {
            let isText = [".json", ".txt"].contains(where: fileName.hasSuffix)
            return try FileBytes(archive, entry: prefix + fileName, limits: isText ? .text : .standard)
        }
        return try FileBytes(mapping: prefix + fileName)
    }

    /// A file's path on disk, or nil inside an archive.
    func path(_ fileName: String) -> String? {
        archive == nil ? prefix + fileName : nil
    }

    /// The configuration in `config.json`.
    func configuration() throws(ModelFileError) -> ModelConfiguration {
        let file = try file("config.json")
        return try file.withBytes { (bytes) throws(ModelFileError) in
            try ConfigurationFile.read(bytes, file: file.name)
        }
    }

    /// The tokenizer in it, or nil when it holds none.
    func tokenizer(for configuration: ModelConfiguration) throws(ModelFileError) -> TokenizerDefinition? {
        if configuration.family == .opt, fileNames.contains("vocab.json") {
            return try VocabularyFiles.read(
                vocabulary: file("vocab.json"), merges: file("merges.txt"),
                settings: fileNames.contains("tokenizer_config.json") ? file("tokenizer_config.json") : nil,
                vocabularySize: configuration.vocabularySize)
        }
        guard fileNames.contains("tokenizer.json") else { return nil }
        return try TokenizerFile.read(
            file("tokenizer.json"),
            settings: fileNames.contains("tokenizer_config.json") ? file("tokenizer_config.json") : nil,
            vocabularySize: configuration.vocabularySize)
    }
}
