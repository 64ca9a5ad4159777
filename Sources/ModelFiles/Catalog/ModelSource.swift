package import Tokenization

/// Where a model lies: enough to open it again, from another process too.
package struct ModelLocation: Sendable, Hashable, Codable {
    /// A GGUF or safetensors file, a Hugging Face folder, or an archive.
    package var path: String
    /// Inside an archive: the GGUF entry, or the `config.json` of the folder.
    package var entry: String?

    /// A location from its parts.
    package init(path: String, entry: String? = nil) {
        self.path = path
        self.entry = entry
    }

    /// The path, and the entry where there is one.
    package var text: String { entry.map { "\(path): \($0)" } ?? path }
}

/// An opened model: its shape, its weights, its tokenizer, and what identifies them.
package final class ModelSource {
    /// The name that it was asked for.
    package let name: String
    /// Where it lies; ``ModelCatalog/open(_:name:)`` opens it again.
    package let location: ModelLocation
    /// Its shape.
    package let configuration: ModelConfiguration
    /// Its weights, checked against the shape.
    package let weights: any WeightSource
    /// Its tokenizer, or nil when its files hold none.
    package let tokenizer: TokenizerDefinition?
    /// The name of the weights' file, or of the index of its shards.
    package let fileName: String
    /// Bytes of the weights' files.
    package let byteCount: Int
    /// The path on disk: the file, the folder, or the archive.
    package var path: String { location.path }

    private let takeDigest: () throws(ModelFileError) -> String
    private var knownDigest: String?

    /// SHA-256 of the weights' file, 64 lower-case hexadecimal digits; taken when first asked for.
    ///
    /// For shards it is the digest of the lines `digest  name` in the order of the names.
    /// - Throws: ``ModelFileError`` when a file can no longer be read as it was when it was opened.
    package func digest() throws(ModelFileError) -> String {
        if let knownDigest { return knownDigest }
        let digest = try takeDigest()
        knownDigest = digest
        return digest
    }

    init(
        name: String, location: ModelLocation, configuration: ModelConfiguration, weights: any WeightSource,
        tokenizer: TokenizerDefinition?, fileName: String, byteCount: Int,
        digest: @escaping () throws(ModelFileError) -> String
    ) {
        self.name = name
        self.location = location
        self.configuration = configuration
        self.weights = weights
        self.tokenizer = tokenizer
        self.fileName = fileName
        self.byteCount = byteCount
        takeDigest = digest
    }
}

extension ModelSource {
    /// A GGUF file as a model.
    convenience init(gguf file: FileBytes, location: ModelLocation, name: String) throws(ModelFileError) {
        let model = try GGUFLlama(file)
        try model.configuration.check(model, file: file.name)
        self.init(
            name: name, location: location, configuration: model.configuration, weights: model,
            tokenizer: try file.withBytes { (bytes) throws(ModelFileError) in
                try model.header.tokenizer(bytes, vocabularySize: model.configuration.vocabularySize)
            },
            fileName: lastComponent(location.entry ?? location.path), byteCount: file.count,
            digest: { () throws(ModelFileError) in try file.sha256() })
    }

    /// A Hugging Face folder as a model.
    convenience init(_ folder: ModelFolder, location: ModelLocation, name: String) throws(ModelFileError) {
        let configuration = try folder.configuration()
        let checkpoint = try Checkpoint(folder, configuration: configuration)
        self.init(
            checkpoint, location: location, configuration: configuration,
            tokenizer: try folder.tokenizer(for: configuration), name: name)
    }

    /// A checkpoint and what describes it as a model.
    convenience init(
        _ checkpoint: Checkpoint, location: ModelLocation, configuration: ModelConfiguration,
        tokenizer: TokenizerDefinition?, name: String
    ) {
        self.init(
            name: name, location: location, configuration: configuration, weights: checkpoint.weights,
            tokenizer: tokenizer, fileName: checkpoint.fileName, byteCount: checkpoint.byteCount,
            digest: { () throws(ModelFileError) in try checkpoint.sha256() })
    }
}
