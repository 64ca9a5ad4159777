import Foundation

extension ModelSource {
    /// The names of files that a Hugging Face folder may describe its tokenizer in.
    private static let tokenizerFileNames = [
        "vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
    ]

    /// The files of the tokenizer beside the weights, as they are; none for a GGUF, whose tokenizer is inside.
    ///
    /// - Throws: ``ModelFileError`` when one of them cannot be read.
    package func tokenizerFiles() throws(ModelFileError) -> [(name: String, bytes: [UInt8])] {
        let candidate = ModelCandidate(location: location)
        guard !candidate.isGGUF else { return [] }
        let folder =
            candidate.isSafetensors
            ? try ModelFolder(path: URL(fileURLWithPath: location.path).deletingLastPathComponent().path)
            : try candidate.folder()
        var files: [(name: String, bytes: [UInt8])] = []
        for name in Self.tokenizerFileNames where folder.fileNames.contains(name) {
            files.append((name, try folder.file(name).withBytes { Array($0) }))
        }
        return files
    }
}
