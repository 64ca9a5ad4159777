import Digests
import Tokenization

/// Reads a `tokenizer.json` that holds a byte-level BPE, as the Llama-family models here publish theirs.
enum TokenizerFile {
    /// The tokenizer in a file.
    ///
    /// - Parameters:
    ///   - file: `tokenizer.json`.
    ///   - settings: `tokenizer_config.json` where there is one; its `eos_token` ends a text.
    ///   - vocabularySize: Rows of the model's embedding, above which no id may be.
    static func read(
        _ file: FileBytes, settings: FileBytes?, vocabularySize: Int
    ) throws(ModelFileError) -> TokenizerDefinition {
        let fields = try JSONFields(file)
        let model = try fields.object("model")
        guard try model.text("type") == "BPE" else {
            throw model.error(
                .unsupported, "type", "is \(model["type"]?.sort ?? "")",
                advice: "use a model with a BPE tokenizer")
        }
        var members = try model.object("vocab").members
        let special = try addedTokens(fields, to: &members)
        let tokens = try VocabularyFiles.tokensById(members, file: file.name, limit: vocabularySize)
        var endOfText: Int32?
        if let settings {
            let settings = try JSONFields(settings, atMost: JSONFields.maximumSettingsBytes)
            if case .string(let text)? = settings["eos_token"] { endOfText = special[text] }
        }
        var digests = try file.sha256()
        if let settings { digests += try settings.sha256() }
        let definition = TokenizerDefinition(
            tokens: tokens, merges: try merges(model), preTokenizer: try preTokenizer(fields),
            specialTokens: special, leadingToken: try leadingToken(fields, special: special),
            endOfTextToken: endOfText,
            sha256: SHA256Digest.hex(of: digests))
        return try TokenizerPlaces(
            vocabularyFile: file.name, token: { (file.name, "field model.vocab or added_tokens, id \($0)") },
            merge: { (file.name, "field model.merges[\($0)]") },
            specialToken: { (file.name, "field added_tokens, id \($0)") }
        ).checked(definition)
    }

    private static func addedTokens(
        _ fields: JSONFields, to members: inout [String: JSONValue]
    ) throws(ModelFileError) -> [String: Int32] {
        var special: [String: Int32] = [:]
        for (index, value) in try fields.array("added_tokens").enumerated() {
            guard case .object(let token) = value, case .string(let text)? = token["content"],
                case .integer(let id)? = token["id"], let id = Int32(exactly: id)
            else {
                throw fields.error(
                    .damaged, "added_tokens[\(index)]",
                    "an object with a text \"content\" and an integer \"id\" was expected, \(value.sort) was found",
                    advice: "fetch the file again")
            }
            special[text] = id
            members[text] = .integer(Int(id))
        }
        return special
    }

    /// Merges are strings with a space in older files, pairs in newer ones.
    private static func merges(_ model: JSONFields) throws(ModelFileError) -> [[String]] {
        var merges: [[String]] = []
        for (rank, value) in try model.array("merges").enumerated() {
            let pair: [String] =
                switch value {
                case .string(let line):
                    line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                case .array(let parts) where parts.count == 2:
                    parts.compactMap { if case .string(let part) = $0 { part } else { nil } }
                default: []
                }
            guard pair.count == 2 else {
                throw model.error(
                    .damaged, "merges[\(rank)]", "two tokens were expected, \(value.sort) was found",
                    advice: "fetch the file again")
            }
            merges.append(pair)
        }
        return merges
    }

    private static func preTokenizer(_ fields: JSONFields) throws(ModelFileError) -> PreTokenizer {
        let top = try fields.object("pre_tokenizer")
        var steps = [top]
        if try top.text("type") == "Sequence" {
            steps = []
            for case .object(let members) in try top.array("pretokenizers") {
                steps.append(JSONFields(file: fields.file, prefix: "pre_tokenizer.", members: members))
            }
        }
        var kinds: [String] = []
        for step in steps {
            let type = try step.text("type")
            var isPlain = false
            if type == "ByteLevel" {
                let usesPattern = try step.flag("use_regex", orIfAbsent: true)
                let addsSpace = try step.flag("add_prefix_space", orIfAbsent: true)
                isPlain = usesPattern && !addsSpace
            } else if type == "Digits" {
                isPlain = try step.flag("individual_digits")
            }
            kinds.append(isPlain ? type : type + " with other settings")
        }
        switch kinds {
        case ["ByteLevel"]: return .gpt2
        case ["Digits", "ByteLevel"]: return .singleDigitsThenGPT2
        default:
            throw fields.error(
                .unsupported, "pre_tokenizer", "is \(kinds.joined(separator: ", "))",
                advice: "supported are ByteLevel, and Digits (individual) before ByteLevel")
        }
    }

    /// The token that a template puts in front of every text; nil without a template.
    private static func leadingToken(
        _ fields: JSONFields, special: [String: Int32]
    ) throws(ModelFileError) -> Int32? {
        guard fields["post_processor"] != nil else { return nil }
        let processor = try fields.object("post_processor")
        guard try processor.text("type") == "TemplateProcessing" else { return nil }
        guard case .object(let first)? = try processor.array("single").first,
            case .object(let token)? = first["SpecialToken"], case .string(let text)? = token["id"]
        else { return nil }
        return special[text]
    }
}
