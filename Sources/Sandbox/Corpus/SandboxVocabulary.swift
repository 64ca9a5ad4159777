/// The sandbox model's vocabulary: 512 tokens trained on its corpus, in OPT's files.
struct SandboxVocabulary {
    static let size = 512
    static let specialTokens = ["<s>", "<pad>", "</s>", "<unk>"]
    static let paddingToken: Int32 = 1
    /// OPT begins and ends every text with it.
    static let endToken: Int32 = 2

    let tokens: [String]
    let merges: [[String]]

    /// The vocabulary of a corpus.
    init(texts: [String]) {
        let trained = BytePairTrainer(
            texts: texts, vocabularySize: Self.size, specialTokens: Self.specialTokens)
        tokens = trained.tokens
        merges = trained.merges
    }

    /// `vocab.json`: ids by token.
    var vocabularyFile: String {
        OrderedJSON.object(tokens.enumerated().map { ($0.element, .integer($0.offset)) }).text
    }

    /// `merges.txt`: one pair a line after the version.
    var mergesFile: String {
        "#version: 0.2\n" + merges.map { $0.joined(separator: " ") + "\n" }.joined()
    }

    /// `tokenizer_config.json`, with the entries of the published OPT tokenizers.
    static var tokenizerConfigurationFile: String {
        OrderedJSON.lines([
            ("add_bos_token", .boolean(true)), ("add_prefix_space", .boolean(false)),
            ("bos_token", .text("</s>")), ("eos_token", .text("</s>")), ("errors", .text("replace")),
            ("pad_token", .text("<pad>")), ("tokenizer_class", .text("GPT2Tokenizer")),
            ("unk_token", .text("</s>")),
        ])
    }

    /// `special_tokens_map.json`.
    static var specialTokensFile: String {
        OrderedJSON.lines([
            ("bos_token", .text("</s>")), ("eos_token", .text("</s>")), ("pad_token", .text("<pad>")),
            ("unk_token", .text("</s>")),
        ])
    }
}
