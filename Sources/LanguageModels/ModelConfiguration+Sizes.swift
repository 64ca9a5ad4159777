import ModelFiles

extension ModelConfiguration {
    /// The sizes are positive and fit one another.
    func checkSizes() throws(LanguageModelError) {
        let sizes = [
            ("vocabulary size", vocabularySize), ("hidden size", hiddenSize),
            ("feed-forward size", feedForwardSize), ("layer count", layerCount),
            ("head count", headCount), ("key/value head count", keyValueHeadCount),
            ("maximum positions", maximumPositions), ("embedding size", embeddingSize),
        ]
        for (name, size) in sizes where size < 1 {
            throw .invalidConfiguration(reason: "\(name) is \(size), expected at least 1")
        }
        if hiddenSize % headCount != 0 {
            throw .invalidConfiguration(
                reason: "hidden size \(hiddenSize) is not a multiple of head count \(headCount)")
        }
        if headCount % keyValueHeadCount != 0 {
            throw .invalidConfiguration(
                reason: "head count \(headCount) is not a multiple of key/value head count "
                    + "\(keyValueHeadCount)")
        }
        switch family {
        case .opt:
            if keyValueHeadCount != headCount {
                throw .invalidConfiguration(
                    reason: "OPT has as many key/value heads as heads (\(headCount)), found "
                        + "\(keyValueHeadCount)")
            }
        case .llama:
            if embeddingSize != hiddenSize {
                throw .invalidConfiguration(
                    reason: "Llama embeds tokens in hidden size \(hiddenSize) columns, found "
                        + "embedding size \(embeddingSize)")
            }
            if hiddenSize / headCount % 2 != 0 {
                throw .invalidConfiguration(
                    reason: "rotary positions need an even head size, found \(hiddenSize / headCount)")
            }
        }
    }
}
