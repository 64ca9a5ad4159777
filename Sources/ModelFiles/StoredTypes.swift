extension WeightSource {
    /// The format in which a tensor is stored, as the container names it, such as `F32` or `Q8_0`; nil for a source that
    /// makes its numbers, and for a name that it does not have.
    package func storedType(of name: String) -> String? {
        (self as? any FiledWeights)?.typeName(of: name)
    }
}

extension GGUFTensorType {
    /// The name as GGUF's tools print it.
    var name: String {
        switch self {
        case .float32: "F32"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .q4_0: "Q4_0"
        case .q4_1: "Q4_1"
        case .q5_0: "Q5_0"
        case .q5_1: "Q5_1"
        case .q8_0: "Q8_0"
        }
    }
}

extension ModelSource {
    /// The container of the weights: `GGUF`, `safetensors` or `PyTorch`, with a word where it is in several files.
    package var format: String {
        let name = fileName.lowercased()
        let container =
            name.hasSuffix(".gguf") ? "GGUF" : name.contains(".safetensors") ? "safetensors" : "PyTorch"
        return name.hasSuffix(".index.json") ? "\(container) in shards" : container
    }
}
