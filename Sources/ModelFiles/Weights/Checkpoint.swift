import Digests

/// The weight files of a Hugging Face folder: safetensors before PyTorch's, one file before shards.
struct Checkpoint {
    let weights: any WeightSource
    /// The files' bytes, in the order of their names.
    let files: [FileBytes]
    /// The file that names the checkpoint: the only one, or the index of its shards.
    let fileName: String

    /// Opens the weights of a folder and checks them against its configuration.
    init(_ folder: ModelFolder, configuration: ModelConfiguration) throws(ModelFileError) {
        guard let fileName = Self.weightFile(in: folder) else {
            throw ModelFileError(
                .notFound, file: folder.name,
                "holds no model.safetensors, pytorch_model.bin or index of either; it holds "
                    + (folder.fileNames.isEmpty ? "nothing" : folder.fileNames.joined(separator: ", ")),
                advice: "fetch the model's weights into it")
        }
        self.fileName = fileName
        let names = fileName.hasSuffix(".index.json") ? try Self.shards(folder, index: fileName) : [fileName]
        var files: [FileBytes] = []
        var sources: [any WeightSource] = []
        for name in names {
            let bytes = try folder.file(name)
            files.append(bytes)
            sources.append(
                name.hasSuffix(".safetensors")
                    ? try SafetensorsFile(bytes) : try TorchCheckpoint(bytes, path: folder.path(name)))
        }
        self.files = files
        let label = files.count == 1 ? files[0].name : "\(folder.name) (\(fileName))"
        weights = try HuggingFaceWeights(sources, configuration: configuration, name: label)
        try configuration.check(weights, file: label)
    }

    /// One safetensors file next to no configuration of its own.
    init(safetensors file: FileBytes, configuration: ModelConfiguration) throws(ModelFileError) {
        fileName = lastComponent(file.name)
        files = [file]
        weights = try HuggingFaceWeights(
            [SafetensorsFile(file)], configuration: configuration, name: file.name)
        try configuration.check(weights, file: file.name)
    }

    private static func weightFile(in folder: ModelFolder) -> String? {
        let accepted = [
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin",
            "pytorch_model.bin.index.json",
        ]
        if let name = accepted.first(where: folder.fileNames.contains) { return name }
        let others = folder.fileNames.filter { $0.hasSuffix(".safetensors") }
        return others.count == 1 ? others[0] : nil
    }

    /// The files that an index names.
    private static func shards(_ folder: ModelFolder, index: String) throws(ModelFileError) -> [String] {
        let file = try folder.file(index)
        let map = try JSONFields(file, atMost: JSONFields.maximumSettingsBytes).object("weight_map")
        var names: Set<String> = []
        for (tensor, value) in map.members {
            guard case .string(let name) = value, !name.contains("/"), !name.isEmpty else {
                throw map.error(
                    .damaged, tensor, "a file name was expected, \(value.sort) was found",
                    advice: "fetch the index again")
            }
            names.insert(name)
        }
        guard !names.isEmpty else {
            throw ModelFileError.damaged(file.name, "field weight_map", "names no file")
        }
        return names.sorted()
    }

    /// Bytes of all weight files.
    var byteCount: Int { files.reduce(0) { $0 + $1.count } }

    /// The file's SHA-256; of shards, that of the lines `digest  name` in the order of the names.
    func sha256() throws(ModelFileError) -> String {
        if files.count == 1 { return try files[0].sha256() }
        var lines = ""
        for file in files {
            let digest = try file.sha256()
            lines += "\(digest)  \(lastComponent(file.name))\n"
        }
        return SHA256Digest.hex(of: lines)
    }
}
