extension ModelConfiguration {
    /// Name and row-major shape of every tensor of the model, as Hugging Face names and lays them, sorted by
    /// name.
    package var tensorShapes: [(name: String, shape: [Int])] {
        let shapes = family == .opt ? optShapes : llamaShapes
        return shapes.sorted { $0.name < $1.name }
    }

    private var optShapes: [(name: String, shape: [Int])] {
        let top = "model.decoder."
        var shapes: [(String, [Int])] = [
            (top + "embed_tokens.weight", [vocabularySize, embeddingSize]),
            // Positions are offset by two, for the padding token of the code that OPT was trained with.
            (top + "embed_positions.weight", [maximumPositions + 2, hiddenSize]),
        ]
        if embeddingSize != hiddenSize {
            shapes.append((top + "project_in.weight", [hiddenSize, embeddingSize]))
            shapes.append((top + "project_out.weight", [embeddingSize, hiddenSize]))
        }
        if normalizesBefore {
            shapes += biased(top + "final_layer_norm", [hiddenSize])
        }
        for layer in 0..<layerCount {
            let prefix = "\(top)layers.\(layer)."
            for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                shapes += biased(prefix + "self_attn." + projection, [hiddenSize, hiddenSize])
            }
            shapes += biased(prefix + "self_attn_layer_norm", [hiddenSize])
            shapes += biased(prefix + "fc1", [feedForwardSize, hiddenSize])
            shapes += biased(prefix + "fc2", [hiddenSize, feedForwardSize])
            shapes += biased(prefix + "final_layer_norm", [hiddenSize])
        }
        return shapes
    }

    private var llamaShapes: [(name: String, shape: [Int])] {
        let keyValueSize = hiddenSize / headCount * keyValueHeadCount
        var shapes: [(String, [Int])] = [
            ("model.embed_tokens.weight", [vocabularySize, hiddenSize]), ("model.norm.weight", [hiddenSize]),
        ]
        if !tiesEmbeddings {
            shapes.append(("lm_head.weight", [vocabularySize, hiddenSize]))
        }
        for layer in 0..<layerCount {
            let prefix = "model.layers.\(layer)."
            shapes += [
                (prefix + "input_layernorm.weight", [hiddenSize]),
                (prefix + "post_attention_layernorm.weight", [hiddenSize]),
                (prefix + "self_attn.q_proj.weight", [hiddenSize, hiddenSize]),
                (prefix + "self_attn.k_proj.weight", [keyValueSize, hiddenSize]),
                (prefix + "self_attn.v_proj.weight", [keyValueSize, hiddenSize]),
                (prefix + "self_attn.o_proj.weight", [hiddenSize, hiddenSize]),
                (prefix + "mlp.gate_proj.weight", [feedForwardSize, hiddenSize]),
                (prefix + "mlp.up_proj.weight", [feedForwardSize, hiddenSize]),
                (prefix + "mlp.down_proj.weight", [hiddenSize, feedForwardSize]),
            ]
        }
        return shapes
    }

    private func biased(_ name: String, _ shape: [Int]) -> [(String, [Int])] {
        [(name + ".weight", shape), (name + ".bias", Array(shape.prefix(1)))]
    }

    /// Refuses sizes that no model has, before anything is counted or allocated by them.
    func checkSizes(file: String) throws(ModelFileError) {
        let sizes = [
            ("vocabulary size", vocabularySize, 1 << 24), ("hidden size", hiddenSize, 1 << 20),
            ("feed-forward size", feedForwardSize, 1 << 22), ("embedding size", embeddingSize, 1 << 20),
            ("position count", maximumPositions, 1 << 22), ("layer count", layerCount, 1 << 12),
        ]
        for (name, size, limit) in sizes where size > limit {
            throw ModelFileError.damaged(
                file, nil, "the \(name) is \(size), more than the \(limit) of any model")
        }
        guard normEpsilon.isFinite, normEpsilon >= 0 else {
            throw ModelFileError.damaged(
                file, nil, "the norm's epsilon is \(normEpsilon), not a small number")
        }
        guard family == .llama else { return }
        guard (hiddenSize / headCount).isMultiple(of: 2) else {
            throw ModelFileError.damaged(
                file, nil,
                "a head is \(hiddenSize / headCount) channels wide; rotary embedding needs an even number")
        }
        guard rotaryBase.isFinite, rotaryBase > 0 else {
            throw ModelFileError.damaged(file, nil, "the rotary base is \(rotaryBase), not a positive number")
        }
    }

    /// How many numbers the model has, tied ones once.
    package var parameterCount: Int {
        tensorShapes.reduce(0) { $0 + $1.shape.reduce(1, *) }
    }

    /// Refuses weights whose tensors are not exactly those of this configuration.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - file: Its name, for errors.
    /// - Throws: ``ModelFileError`` naming the first tensor that is missing, of another shape, or one too
    ///   many.
    package func check(_ weights: any WeightSource, file: String) throws(ModelFileError) {
        let advice = "check that the weights and the configuration belong together"
        let expected = tensorShapes
        for (name, shape) in expected {
            guard let found = weights.shape(of: name) else {
                throw ModelFileError(
                    .mismatch, file: file, place: "tensor \(name)",
                    "is not there; shape \(shape) was expected",
                    advice: advice)
            }
            guard found == shape else {
                throw ModelFileError(
                    .mismatch, file: file, place: "tensor \(name)",
                    "has shape \(found); the configuration says \(shape)", advice: advice)
            }
        }
        if let extra = Set(weights.tensorNames).subtracting(expected.map(\.name)).min() {
            throw ModelFileError(
                .mismatch, file: file, place: "tensor \(extra)", "has no place in the configuration's model",
                advice: advice)
        }
    }
}
