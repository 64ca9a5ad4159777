import Digests
package import Tokenization

/// Reads `vocab.json` and `merges.txt`, the two files of a GPT-2 style byte-level BPE, as OPT publishes them.
package enum VocabularyFiles {
    /// The tokenizer in a pair of files, with OPT's conventions.
    ///
    /// - Parameters:
    ///   - vocabulary: `vocab.json`, an object from token to id; ids run from 0 without a gap.
    ///   - merges: `merges.txt`, two tokens a line in the order of rank, with an optional `#version` line.
    ///   - settings: `tokenizer_config.json` where there is one; its `added_tokens_decoder` names special
    ///     tokens and
    ///     `add_bos_token` says whether texts get a leading token. Without it OPT's values hold: `</s>` in
    ///     front of every text and at its end, and `<pad>`.
    ///   - vocabularySize: Rows of the model's embedding, above which no id may be.
    package static func read(
        vocabulary: FileBytes, merges: FileBytes, settings: FileBytes?, vocabularySize: Int
    ) throws(ModelFileError) -> TokenizerDefinition {
        let fields = try JSONFields(vocabulary)
        let tokens = try tokensById(fields.members, file: vocabulary.name, limit: vocabularySize)
        let ids = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, Int32($0)) })
        let pairs = try mergePairs(merges, ids: ids)
        var special = ids.filter { $0.key == "</s>" || $0.key == "<pad>" }
        var leadingToken = ids["</s>"]
        guard let end = ids["</s>"] else {
            throw ModelFileError(
                .unsupported, file: vocabulary.name, "has no token </s>, which begins and ends OPT's texts",
                advice: "use the vocabulary that is published with the model")
        }
        if let settings {
            let fields = try JSONFields(settings, atMost: JSONFields.maximumSettingsBytes)
            try addSpecialTokens(fields, to: &special, tokens: tokens)
            if try !fields.flag("add_bos_token", orIfAbsent: true) { leadingToken = nil }
        }
        var digests = try vocabulary.sha256()
        digests += try merges.sha256()
        if let settings { digests += try settings.sha256() }
        return TokenizerDefinition(
            tokens: tokens, merges: pairs, preTokenizer: .gpt2, specialTokens: special,
            leadingToken: leadingToken,
            endOfTextToken: end,
            sha256: SHA256Digest.hex(of: digests))
    }

    /// Tokens in the order of their ids, which must run from 0 without a gap.
    static func tokensById(
        _ members: [String: JSONValue], file: String, limit: Int
    ) throws(ModelFileError) -> [String] {
        var tokens = [String?](repeating: nil, count: members.count)
        for (token, value) in members.sorted(by: { $0.key < $1.key }) {
            guard case .integer(let id) = value, id >= 0 else {
                throw .damaged(file, "token \"\(token)\"", "an id was expected, \(value.sort) was found")
            }
            guard id < limit else {
                throw ModelFileError(
                    .mismatch, file: file, place: "token \"\(token)\"",
                    "has id \(id), but the model's embedding has \(limit) rows",
                    advice: "use the vocabulary that is published with the model")
            }
            guard id < members.count else {
                throw .damaged(
                    file, "token \"\(token)\"",
                    "has id \(id), so that of \(members.count) ids some are missing")
            }
            if let former = tokens[id] {
                throw .damaged(file, "id \(id)", "belongs to both \"\(former)\" and \"\(token)\"")
            }
            tokens[id] = token
        }
        let list = tokens.compactMap { $0 }
        try checkSpellings(list, file: file)
        return list
    }

    /// Refuses two tokens for the same bytes, here where the file is known: a space spells what its letter in the alphabet
    /// does.
    private static func checkSpellings(_ tokens: [String], file: String) throws(ModelFileError) {
        var ids: [[UInt8]: Int] = Dictionary(minimumCapacity: tokens.count)
        for (id, token) in tokens.enumerated() where !token.isEmpty {
            if let former = ids.updateValue(id, forKey: ByteAlphabet.bytes(of: token)) {
                throw .damaged(
                    file, "id \(id)",
                    "the token \"\(token)\" stands for the same bytes as \"\(tokens[former])\" of id \(former)"
                )
            }
        }
    }

    private static func mergePairs(
        _ merges: FileBytes, ids: [String: Int32]
    ) throws(ModelFileError) -> [[String]] {
        guard let text = merges.withBytes({ String(validating: $0, as: UTF8.self) }) else {
            throw .damaged(merges.name, nil, "is not UTF-8")
        }
        var pairs: [[String]] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || (index == 0 && line.hasPrefix("#version")) { continue }
            let pair = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else {
                throw .damaged(merges.name, "line \(index + 1)", "two tokens and a space were expected")
            }
            for token in [pair[0], pair[1], pair[0] + pair[1]] where ids[token] == nil {
                throw ModelFileError(
                    .mismatch, file: merges.name, place: "line \(index + 1)",
                    "the token \"\(token)\" is not in the vocabulary",
                    advice: "use vocab.json and merges.txt of the same model")
            }
            pairs.append(pair)
        }
        return pairs
    }

    /// Adds the tokens that `tokenizer_config.json` declares, which must agree with the vocabulary.
    static func addSpecialTokens(
        _ settings: JSONFields, to special: inout [String: Int32], tokens: [String]
    ) throws(ModelFileError) {
        guard settings["added_tokens_decoder"] != nil else { return }
        let added = try settings.object("added_tokens_decoder")
        for key in added.members.keys.sorted() {
            let text = try added.object(key).text("content")
            guard let id = Int(key), tokens.indices.contains(id), tokens[id] == text else {
                throw added.error(
                    .mismatch, key, "declares \"\(text)\", which is not the vocabulary's token of that id",
                    advice: "use the files of one model together")
            }
            special[text] = Int32(id)
        }
    }
}
