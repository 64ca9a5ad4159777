package import ModelFiles

/// One dense product of a model, `[rows, inputWidth] · [outputWidth, inputWidth]ᵀ`.
package struct ModelProduct: Sendable, Hashable, Codable {
    /// What it computes, such as `queries, keys, values`.
    package let name: String
    /// Rows of the weight.
    package let outputWidth: Int
    /// Columns of the weight.
    package let inputWidth: Int
    /// How many of these a forward pass has.
    package let countInForward: Int
    /// Whether it gives logits, which are reduced block by block and never stored together.
    package let isHead: Bool

    /// Floating-point operations for that many rows.
    package func operations(rowCount: Int) -> Double {
        2 * Double(rowCount) * Double(outputWidth) * Double(inputWidth)
    }

    /// The products of a model of these sizes in the order of a forward pass; the head is the last.
    ///
    /// Matrices that multiply the same input are one product, as they are in a forward pass.
    package static func all(of configuration: ModelConfiguration) -> [ModelProduct] {
        let hidden = configuration.hiddenSize
        let inside = configuration.feedForwardSize
        let headSize = hidden / configuration.headCount
        func layer(_ name: String, _ output: Int, _ input: Int) -> ModelProduct {
            ModelProduct(
                name: name, outputWidth: output, inputWidth: input, countInForward: configuration.layerCount,
                isHead: false)
        }
        func once(_ name: String, _ output: Int, _ input: Int, isHead: Bool = false) -> ModelProduct {
            ModelProduct(
                name: name, outputWidth: output, inputWidth: input, countInForward: 1, isHead: isHead)
        }
        var products = [
            layer(
                "queries, keys, values", hidden + 2 * configuration.keyValueHeadCount * headSize, hidden),
            layer("attention output", hidden, hidden),
        ]
        switch configuration.family {
        case .opt: products.append(layer("feed-forward in", inside, hidden))
        case .llama: products.append(layer("gate and up", 2 * inside, hidden))
        }
        products.append(layer("feed-forward out", hidden, inside))
        if configuration.embeddingSize != hidden {
            products.append(once("projection in", hidden, configuration.embeddingSize))
            products.append(once("projection out", configuration.embeddingSize, hidden))
        }
        products.append(
            once("head", configuration.vocabularySize, configuration.embeddingSize, isHead: true))
        return products
    }
}
