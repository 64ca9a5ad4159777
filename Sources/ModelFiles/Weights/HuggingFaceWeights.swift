/// The weights of a Hugging Face checkpoint, of one file or several, under the current names of transformers.
///
/// Older checkpoints leave out the leading `model.` or use former names of OPT's final norm and projections;
/// a stored copy of a tied head and buffers that are computed anyway are left out.
final class HuggingFaceWeights: FiledWeights {
    private let name: String
    private let files: [any WeightSource]
    private let places: [String: (file: Int, name: String)]
    let tensorNames: [String]

    /// Joins the files of a checkpoint.
    ///
    /// - Parameter name: The checkpoint's own name, for errors.
    init(
        _ files: [any WeightSource], configuration: ModelConfiguration, name: String
    ) throws(ModelFileError) {
        self.name = name
        self.files = files
        var places: [String: (file: Int, name: String)] = [:]
        for (index, file) in files.enumerated() {
            for original in file.tensorNames {
                guard let current = Self.currentName(original, configuration) else { continue }
                guard places.updateValue((index, original), forKey: current) == nil else {
                    throw .damaged(name, "tensor \(original)", "is there twice as \(current)")
                }
            }
        }
        self.places = places
        tensorNames = places.keys.sorted()
    }

    /// The name that transformers uses today; nil for what is not read.
    static func currentName(_ original: String, _ configuration: ModelConfiguration) -> String? {
        if original == "lm_head.weight" { return configuration.tiesEmbeddings ? nil : original }
        if original.hasSuffix("rotary_emb.inv_freq") || original.hasSuffix("decoder.version") { return nil }
        let bare = original.hasPrefix("model.") ? String(original.dropFirst("model.".count)) : original
        guard configuration.family == .opt else { return "model." + bare }
        let formerNames = [
            "decoder.layer_norm.weight": "decoder.final_layer_norm.weight",
            "decoder.layer_norm.bias": "decoder.final_layer_norm.bias",
            "decoder.project_in_dim.weight": "decoder.project_in.weight",
            "decoder.project_out_dim.weight": "decoder.project_out.weight",
        ]
        return "model." + (formerNames[bare] ?? bare)
    }

    func shape(of name: String) -> [Int]? {
        places[name].flatMap { files[$0.file].shape(of: $0.name) }
    }

    func typeName(of name: String) -> String? {
        places[name].flatMap { files[$0.file].storedType(of: $0.name) }
    }

    func read(_ name: String, into destination: TensorDestination) throws(ModelFileError) {
        guard let place = places[name] else { throw missing(name, in: self.name) }
        try files[place.file].read(place.name, into: destination)
    }
}
