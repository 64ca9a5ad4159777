/// Byte-level BPE: text to token ids and back, with the ids of the Hugging Face implementation.
///
/// Special tokens in the text are taken out first; the rest is cut into pieces, whose bytes are merged pair by
/// pair. A byte without a token of its own is left out, as the reference does when no unknown token is set.
/// Results depend on the definition and the text alone; copies share a cache and may be used from any thread.
package struct Tokenizer: Sendable {
    /// The vocabulary that this tokenizer was made from.
    package let definition: TokenizerDefinition

    private let merges: MergeTable
    private let byteTokens: [Int32?]
    private let tokenBytes: [[UInt8]]
    private let splitter: SpecialTokenSplitter
    private let specialIDs: Set<Int32>
    private let cache = PieceCache()

    /// Makes sure that a vocabulary can be used, as ``init(_:)`` does.
    ///
    /// - Throws: ``TokenizerError`` when vocabulary, merges and special tokens do not fit together.
    package static func check(_ definition: TokenizerDefinition) throws(TokenizerError) {
        _ = try Tokenizer(definition)
    }

    /// Prepares a vocabulary for use.
    ///
    /// - Throws: ``TokenizerError`` when vocabulary, merges and special tokens do not fit together.
    package init(_ definition: TokenizerDefinition) throws(TokenizerError) {
        try Self.checkIDs(of: definition)
        self.definition = definition
        tokenBytes = definition.tokens.map(ByteAlphabet.bytes(of:))
        let idsByBytes = try Self.idsByBytes(tokenBytes, of: definition)
        merges = try MergeTable(pairs: definition.merges, idsByBytes: idsByBytes)
        byteTokens = (UInt8.min...UInt8.max).map { idsByBytes[[$0]] }
        splitter = SpecialTokenSplitter(definition.specialTokens)
        specialIDs = Set(definition.specialTokens.values)
    }

    /// The number of ids, those without a token included.
    package var vocabularySize: Int { definition.tokens.count }

    /// The token of an id in the byte alphabet, or nil when the id is outside the vocabulary or has none.
    package func token(forID id: Int32) -> String? {
        guard definition.tokens.indices.contains(Int(id)), !definition.tokens[Int(id)].isEmpty else {
            return nil
        }
        return definition.tokens[Int(id)]
    }

    /// The ids of a text, without a leading special token.
    package func encode(_ text: String) -> [Int32] {
        let bytes = Array(text.utf8)
        let scanner = PieceScanner(bytes: bytes)
        var ids: [Int32] = []
        ids.reserveCapacity(bytes.count / 3)
        for segment in splitter.segments(of: bytes) {
            switch segment {
            case .special(let id):
                ids.append(id)
            case .text(let range):
                scanner.forEachPiece(in: range, preTokenizer: definition.preTokenizer) { piece in
                    ids += cache.tokens(of: Array(bytes[piece]), compute: mergedTokens(of:))
                }
            }
        }
        return ids
    }

    /// The ids of a text after the vocabulary's default leading token, if it has one.
    package func encodeWithLeadingToken(_ text: String) -> [Int32] {
        (definition.leadingToken.map { [$0] } ?? []) + encode(text)
    }

    /// The text of token ids; bytes that are not UTF-8 become U+FFFD, one for each maximal invalid part.
    ///
    /// Ids outside the vocabulary (padding rows of an embedding) are nothing.
    package func decode(_ tokens: [Int32], skippingSpecialTokens: Bool) -> String {
        var bytes: [UInt8] = []
        for id in tokens where tokenBytes.indices.contains(Int(id)) {
            if skippingSpecialTokens && specialIDs.contains(id) { continue }
            bytes += tokenBytes[Int(id)]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func mergedTokens(of piece: [UInt8]) -> [Int32] {
        merges.merged(piece.compactMap { byteTokens[Int($0)] })
    }

    private static func checkIDs(of definition: TokenizerDefinition) throws(TokenizerError) {
        let size = definition.tokens.count
        guard size > 0 else { throw .emptyVocabulary }
        var roles = definition.specialTokens.sorted { $0.value < $1.value }
            .map { (role: "special token \"\($0.key)\"", id: $0.value) }
        if let id = definition.leadingToken { roles.append(("leading token", id)) }
        if let id = definition.endOfTextToken { roles.append(("end-of-text token", id)) }
        for (role, id) in roles where id < 0 || id >= size {
            throw .idOutOfRange(role: role, id: Int(id), vocabularySize: size)
        }
        if let id = definition.specialTokens[""] { throw .emptySpecialToken(id: Int(id)) }
    }

    private static func idsByBytes(
        _ tokenBytes: [[UInt8]], of definition: TokenizerDefinition
    ) throws(TokenizerError) -> [[UInt8]: Int32] {
        var ids: [[UInt8]: Int32] = Dictionary(minimumCapacity: tokenBytes.count)
        for (id, bytes) in tokenBytes.enumerated() where !bytes.isEmpty {
            if let first = ids.updateValue(Int32(id), forKey: bytes) {
                throw .duplicateToken(
                    token: definition.tokens[id], firstID: Int(first), secondID: id)
            }
        }
        return ids
    }
}
