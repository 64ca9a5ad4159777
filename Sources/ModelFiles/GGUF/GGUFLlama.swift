/// A Llama-family model in a GGUF file, under Hugging Face's names.
///
/// The converter of llama.cpp interleaves the rows of the query and key projections, because its rotary
/// embedding turns neighbouring pairs where Hugging Face's turns the two halves of a head: HF row (head,
/// half, j) stands at row (head, j, half). Reading undoes that (llama.cpp, `convert_hf_to_gguf.py`,
/// `LlamaModel.permute`).
final class GGUFLlama: FiledWeights {
    private struct Entry {
        var tensor: GGUFHeader.Tensor
        /// Heads whose rows are interleaved; nil where none are.
        var interleavedHeads: Int?
    }

    let configuration: ModelConfiguration
    let header: GGUFHeader
    let tensorNames: [String]
    private let file: FileBytes
    private let entries: [String: Entry]

    /// Reads the header, the configuration and the list of tensors.
    init(_ file: FileBytes) throws(ModelFileError) {
        self.file = file
        header = try GGUFHeader(file)
        configuration = try Self.configuration(header)
        var entries: [String: Entry] = [:]
        for name in header.tensors.keys.sorted() {
            guard let tensor = header.tensors[name] else { continue }
            guard let (translated, rotates) = Self.translate(name) else {
                throw ModelFileError(
                    .unsupported, file: file.name, place: "tensor \(name)",
                    "is no part of a plain Llama model",
                    advice: "use a model without biases, experts or scaled rotary frequencies")
            }
            let heads =
                rotates
                ? (name.contains("attn_q") ? configuration.headCount : configuration.keyValueHeadCount) : nil
            entries[translated] = Entry(tensor: tensor, interleavedHeads: heads)
        }
        self.entries = entries
        tensorNames = entries.keys.sorted()
    }

    /// The model's sizes, from the metadata.
    static func configuration(_ header: GGUFHeader) throws(ModelFileError) -> ModelConfiguration {
        let architecture = try header.text("general.architecture")
        guard architecture == "llama" else {
            throw header.error(
                .unsupported, "general.architecture", "is \(architecture)",
                advice: "use a model of the llama architecture")
        }
        try refuseVariants(header)
        let hidden = try header.positive("llama.embedding_length")
        let heads = try header.positive("llama.attention.head_count")
        let keyValueHeads = try header.positive("llama.attention.head_count_kv", orIfAbsent: heads)
        guard hidden.isMultiple(of: heads), heads.isMultiple(of: keyValueHeads) else {
            throw header.error(
                .damaged, "llama.attention.head_count",
                "\(heads) heads and \(keyValueHeads) key/value heads do not divide \(hidden) channels",
                advice: "fetch the file again")
        }
        for key in [
            "llama.rope.dimension_count", "llama.attention.key_length", "llama.attention.value_length",
        ] {
            let size = try header.positive(key, orIfAbsent: hidden / heads)
            guard size == hidden / heads else {
                throw header.error(
                    .unsupported, key, "is \(size), not the \(hidden / heads) channels of a head",
                    advice: "use a model whose heads are embedding length / head count wide")
            }
        }
        guard let embedding = header.tensors["token_embd.weight"], embedding.shape.count == 2 else {
            throw ModelFileError.damaged(header.file, "tensor token_embd.weight", "is not there as a matrix")
        }
        let configuration = ModelConfiguration(
            family: .llama, vocabularySize: embedding.shape[0], hiddenSize: hidden,
            feedForwardSize: try header.positive("llama.feed_forward_length"),
            layerCount: try header.positive("llama.block_count"), headCount: heads,
            keyValueHeadCount: keyValueHeads, maximumPositions: try header.positive("llama.context_length"),
            embeddingSize: hidden,
            normEpsilon: Float(try header.number("llama.attention.layer_norm_rms_epsilon")),
            rotaryBase: Float(try header.number("llama.rope.freq_base", orIfAbsent: 10_000)),
            tiesEmbeddings: header.tensors["output.weight"] == nil)
        try configuration.checkSizes(file: header.file)
        return configuration
    }

    private static func refuseVariants(_ header: GGUFHeader) throws(ModelFileError) {
        if case .integer(let experts)? = header.metadata["llama.expert_count"], experts > 0 {
            throw header.error(
                .unsupported, "llama.expert_count", "is \(experts)", advice: "use a dense model")
        }
        if let scaling = header.metadata["llama.rope.scaling.type"], scaling != .string("none") {
            throw header.error(
                .unsupported, "llama.rope.scaling.type", "is \(scaling.sort)",
                advice: "use a model with plain rotary embeddings")
        }
    }

    /// The Hugging Face name of a GGUF tensor, and whether rotary embedding turns its rows; nil for unknown
    /// names.
    static func translate(_ name: String) -> (name: String, rotates: Bool)? {
        let whole = [
            "token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight",
            "output.weight": "lm_head.weight",
        ]
        if let translated = whole[name] { return (translated, false) }
        let parts = [
            "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
            "attn_q": "self_attn.q_proj",
            "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
            "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
        ]
        let pieces = name.split(separator: ".")
        guard pieces.count == 4, pieces[0] == "blk", let layer = Int(pieces[1]),
            // Not " 1", "+1" or "01", which would be second names of one tensor.
            String(layer) == pieces[1], pieces[3] == "weight",
            let part = parts[String(pieces[2])]
        else { return nil }
        return ("model.layers.\(layer).\(part).weight", pieces[2] == "attn_q" || pieces[2] == "attn_k")
    }

    func shape(of name: String) -> [Int]? {
        entries[name]?.tensor.shape
    }

    func typeName(of name: String) -> String? {
        entries[name]?.tensor.type.name
    }

    func read(_ name: String, into destination: TensorDestination) throws(ModelFileError) {
        guard let entry = entries[name] else { throw missing(name, in: file.name) }
        let tensor = entry.tensor
        try check(destination, for: name, shape: tensor.shape, in: file.name)
        guard let heads = entry.interleavedHeads else {
            file.forEachPiece(of: tensor.range, multipleOf: tensor.type.blockBytes) { piece, bytes in
                let first = (piece.lowerBound - tensor.range.lowerBound) / tensor.type.blockBytes
                let count = piece.count / tensor.type.blockBytes
                let own = first * tensor.type.blockElements..<(first + count) * tensor.type.blockElements
                store(bytes, of: tensor.type, into: destination.elements(own))
            }
            return
        }
        let rows = tensor.shape[0]
        guard tensor.shape.count == 2, rows.isMultiple(of: 2 * heads) else {
            throw ModelFileError(
                .mismatch, file: file.name, place: "tensor \(name)",
                "\(rows) rows cannot be shared among \(heads) heads", advice: "fetch the file again")
        }
        let columns = tensor.shape[1]
        let rowBytes = columns / tensor.type.blockElements * tensor.type.blockBytes
        let halfHead = rows / heads / 2
        file.forEachPiece(of: tensor.range, multipleOf: rowBytes) { piece, bytes in
            let first = (piece.lowerBound - tensor.range.lowerBound) / rowBytes
            for row in 0..<piece.count / rowBytes {
                let (head, inHead) = (first + row).quotientAndRemainder(dividingBy: 2 * halfHead)
                let (pair, half) = inHead.quotientAndRemainder(dividingBy: 2)
                let target = head * 2 * halfHead + half * halfHead + pair
                store(
                    UnsafeRawBufferPointer(rebasing: bytes[row * rowBytes..<(row + 1) * rowBytes]),
                    of: tensor.type, into: destination.elements(target * columns..<(target + 1) * columns))
            }
        }
    }

    /// Dequantises whole blocks.
    private func store(
        _ bytes: UnsafeRawBufferPointer, of type: GGUFTensorType, into destination: TensorDestination
    ) {
        guard let start = bytes.baseAddress else { return }
        destination.store(multipleOf: type.blockElements) { piece, values in
            type.dequantize(start + piece.lowerBound / type.blockElements * type.blockBytes, into: values)
        }
    }
}
