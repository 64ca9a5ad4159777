import Digests
import Tokenization

extension GGUFHeader {
    /// GGUF's pre-tokenizer names that are known here.
    private static let preTokenizers: [String: PreTokenizer] = [
        "smollm": .singleDigitsThenGPT2, "gpt-2": .gpt2,
    ]

    /// The byte-level BPE tokenizer in the metadata.
    ///
    /// Its digest is that of the file up to the end of the metadata, which does not change with the weights'
    /// values.
    ///
    /// - Parameters:
    ///   - bytes: At least the file's first `metadataEnd` bytes.
    ///   - vocabularySize: Rows of the model's embedding, above which no id may be.
    func tokenizer(
        _ bytes: UnsafeRawBufferPointer, vocabularySize: Int
    ) throws(ModelFileError) -> TokenizerDefinition {
        let model = try text("tokenizer.ggml.model")
        guard model == "gpt2" else {
            throw error(
                .unsupported, "tokenizer.ggml.model", "is \(model)",
                advice: "use a model with a gpt2 (BPE) tokenizer")
        }
        let preTokenizerName = try text("tokenizer.ggml.pre")
        guard let preTokenizer = Self.preTokenizers[preTokenizerName] else {
            throw error(
                .unsupported, "tokenizer.ggml.pre", "is \(preTokenizerName)",
                advice: "use a model with one of \(Self.preTokenizers.keys.sorted().joined(separator: ", "))")
        }
        let tokens = try texts("tokenizer.ggml.tokens")
        guard tokens.count <= vocabularySize else {
            throw error(
                .mismatch, "tokenizer.ggml.tokens",
                "has \(tokens.count) tokens, but the model's embedding has \(vocabularySize) rows",
                advice: "fetch the file again")
        }
        let addsLeadingToken = try flag("tokenizer.ggml.add_bos_token", orIfAbsent: false)
        let definition = TokenizerDefinition(
            tokens: tokens, merges: try merges(), preTokenizer: preTokenizer,
            specialTokens: try specialTokens(tokens),
            leadingToken: addsLeadingToken ? try tokenId("tokenizer.ggml.bos_token_id", tokens: tokens) : nil,
            endOfTextToken: metadata["tokenizer.ggml.eos_token_id"] == nil
                ? nil : try tokenId("tokenizer.ggml.eos_token_id", tokens: tokens),
            sha256: SHA256Digest.hex(of: UnsafeRawBufferPointer(rebasing: bytes[..<metadataEnd])))
        let tokenPlace: (Int) -> TokenizerPlaces.Place = { (file, "key tokenizer.ggml.tokens[\($0)]") }
        return try TokenizerPlaces(
            vocabularyFile: file, token: tokenPlace,
            merge: { (file, "key tokenizer.ggml.merges[\($0)]") }, specialToken: tokenPlace
        ).checked(definition)
    }

    private func merges() throws(ModelFileError) -> [[String]] {
        let key = "tokenizer.ggml.merges"
        var merges: [[String]] = []
        for (rank, line) in try texts(key).enumerated() {
            let pair = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, !pair[0].isEmpty, !pair[1].isEmpty else {
                throw error(
                    .damaged, "\(key)[\(rank)]",
                    "two tokens and a space were expected, \"\(String(line.unicodeScalars.prefix(60)))\" was found",
                    advice: "fetch the file again")
            }
            merges.append(pair)
        }
        return merges
    }

    /// Tokens that are never split: those of type control (3) and user-defined (4).
    private func specialTokens(_ tokens: [String]) throws(ModelFileError) -> [String: Int32] {
        let key = "tokenizer.ggml.token_type"
        let types = try integers(key)
        guard types.count == tokens.count else {
            throw error(
                .damaged, key, "\(types.count) types for \(tokens.count) tokens",
                advice: "fetch the file again")
        }
        var special: [String: Int32] = [:]
        for (id, type) in types.enumerated() where type == 3 || type == 4 {
            special[tokens[id]] = Int32(id)
        }
        return special
    }

    private func tokenId(_ key: String, tokens: [String]) throws(ModelFileError) -> Int32 {
        guard case .integer(let id)? = metadata[key], tokens.indices.contains(id) else {
            throw error(
                .damaged, key,
                "an id below \(tokens.count) was expected, \(metadata[key]?.sort ?? "nothing") was found",
                advice: "fetch the file again")
        }
        return Int32(id)
    }
}
