import Foundation

/// Models that are known by name, with their official shapes.
///
/// OPT: Zhang et al. (2022), table 1, with the published `config.json` files for what the table leaves out
/// (350m normalises after its blocks and has an embedding of width 512). SmolLM2: the published GGUF's
/// metadata.
package enum KnownModels {
    /// All names, in order of family and size.
    package static let names = [
        "sandbox-opt", "opt-125m", "opt-350m", "opt-1.3b", "opt-2.7b", "opt-6.7b", "opt-13b", "opt-30b",
        "opt-66b",
        "smollm2-135m-instruct",
    ]

    /// The shape of a model, or nil for a name that is not known.
    package static func configuration(named name: String) -> ModelConfiguration? {
        switch name {
        case "sandbox-opt":
            ModelConfiguration(
                family: .opt, vocabularySize: 512, hiddenSize: 64, feedForwardSize: 256, layerCount: 12,
                headCount: 4,
                keyValueHeadCount: 4, maximumPositions: 256, embeddingSize: 64)
        case "opt-125m": opt(hidden: 768, layers: 12, heads: 12)
        case "opt-350m": opt(hidden: 1024, layers: 24, heads: 16, embedding: 512, normalizesBefore: false)
        case "opt-1.3b": opt(hidden: 2048, layers: 24, heads: 32)
        case "opt-2.7b": opt(hidden: 2560, layers: 32, heads: 32)
        case "opt-6.7b": opt(hidden: 4096, layers: 32, heads: 32)
        case "opt-13b": opt(hidden: 5120, layers: 40, heads: 40)
        case "opt-30b": opt(hidden: 7168, layers: 48, heads: 56)
        case "opt-66b": opt(hidden: 9216, layers: 64, heads: 72)
        case "smollm2-135m-instruct":
            ModelConfiguration(
                family: .llama, vocabularySize: 49_152, hiddenSize: 576, feedForwardSize: 1536,
                layerCount: 30,
                headCount: 9, keyValueHeadCount: 3, maximumPositions: 8192, embeddingSize: 576,
                normEpsilon: 1e-5,
                rotaryBase: 100_000, tiesEmbeddings: true)
        default: nil
        }
    }

    private static func opt(
        hidden: Int, layers: Int, heads: Int, embedding: Int? = nil, normalizesBefore: Bool = true
    ) -> ModelConfiguration {
        ModelConfiguration(
            family: .opt, vocabularySize: 50_272, hiddenSize: hidden, feedForwardSize: 4 * hidden,
            layerCount: layers, headCount: heads, keyValueHeadCount: heads, maximumPositions: 2048,
            embeddingSize: embedding ?? hidden, normalizesBefore: normalizesBefore)
    }

    /// The known name that is nearest to a mistyped one, or nil when none is near.
    package static func nearestName(to name: String) -> String? {
        let wanted = normalizedModelName(name)
        if wanted.count >= 4, let longer = names.first(where: { $0.hasPrefix(wanted) }) { return longer }
        let scored = names.map { (distance: editDistance(wanted, $0), name: $0) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, name.count / 3) ? best.name : nil
    }
}

/// Insertions, deletions and replacements of characters between two texts (Levenshtein).
func editDistance(_ first: String, _ second: String) -> Int {
    let target = Array(second)
    var row = Array(0...target.count)
    for (rowIndex, character) in first.enumerated() {
        var diagonal = row[0]
        row[0] = rowIndex + 1
        for column in 0..<target.count {
            let replaced = diagonal + (target[column] == character ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        }
    }
    return row[target.count]
}

/// Longer names, in bytes, are none of a model; file systems allow half of it.
private let maximumNameBytes = 512

/// A file's or folder's name as models are compared: lower case, hyphens, no suffix, no quantisation.
///
/// A name that is too long for any model is given back as it is.
func normalizedModelName(_ name: String) -> String {
    let component = lastComponent(name)
    // A GGUF file may call itself by megabytes of text, and the expression below takes time by its square.
    guard component.utf8.count <= maximumNameBytes else { return component }
    var text = component.lowercased()
    if let organization = text.range(of: "models--") {
        // A cache of the Hugging Face hub: models--facebook--opt-125m.
        text = text[organization.upperBound...].components(separatedBy: "--").last ?? text
    }
    for suffix in [".gguf", ".safetensors", ".tar.gz", ".tar.xz", ".tar.zst", ".tar", ".zip", ".whl"]
    where text.hasSuffix(suffix) {
        text = String(text.dropLast(suffix.count))
    }
    let quantization = #/[.\-_](q\d(_[a-z0-9]+)*|f16|f32|bf16|fp16|fp32)$/#
    text = text.replacing(quantization, with: "")
    return String(text.map { $0 == "_" || $0 == " " ? "-" : $0 })
}
