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
        let pairs = try mergePairs(merges)
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
        let definition = TokenizerDefinition(
            tokens: tokens, merges: pairs.map(\.parts), preTokenizer: .gpt2, specialTokens: special,
            leadingToken: leadingToken,
            endOfTextToken: end,
            sha256: SHA256Digest.hex(of: digests))
        return try TokenizerPlaces(
            vocabularyFile: vocabulary.name, token: { (vocabulary.name, "id \($0)") },
            merge: { (merges.name, "line \(pairs[$0].line)") },
            specialToken: { id in
                guard let settings else { return (vocabulary.name, "id \(id)") }
                return (settings.name, "field added_tokens_decoder.\(id)")
            }
        ).checked(definition)
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
        return tokens.compactMap { $0 }
    }

    /// The pairs of a file with the lines that they stand on, counted from 1.
    private static func mergePairs(
        _ merges: FileBytes
    ) throws(ModelFileError) -> [(parts: [String], line: Int)] {
        guard let text = merges.withBytes({ String(validating: $0, as: UTF8.self) }) else {
            throw .damaged(merges.name, place(beyondUTF8: merges), "bytes were found that are not UTF-8")
        }
        var pairs: [(parts: [String], line: Int)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || (index == 0 && line.hasPrefix("#version")) { continue }
            let pair = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else {
                throw .damaged(
                    merges.name, "line \(index + 1)",
                    "two tokens and a space were expected, \"\(String(line.unicodeScalars.prefix(60)))\" was found"
                )
            }
            pairs.append((pair, index + 1))
        }
        return pairs
    }

    /// The line of a file's first byte that is not UTF-8.
    private static func place(beyondUTF8 file: FileBytes) -> String? {
        file.withBytes { bytes in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes.assumingMemoryBound(to: UInt8.self).span)
                return nil
            } catch {
                return "line \(1 + bytes.prefix(error.byteOffsets.lowerBound).count { $0 == 0x0A })"
            }
        }
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
