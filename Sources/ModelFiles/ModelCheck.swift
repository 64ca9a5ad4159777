/// What can be said of a model: where it lies and, once it was verified, whether all of it can be read.
package struct ModelCheck: Sendable, Encodable {
    /// The known name when name or shape say so, otherwise the file's or folder's own.
    package let name: String
    /// Where it lies.
    package let path: String
    /// The container of its weights, nil unless it was verified.
    package var format: String?
    /// Its shape, nil when that could not be read or is not known.
    package var configuration: ModelConfiguration?
    /// Numbers that a model of this shape has, tied ones once.
    package var parameterCount: Int?
    /// Bytes of the weights' files, nil unless it was verified.
    package var byteCount: Int?
    /// SHA-256 of the weights, as `ModelSource.digest()` takes it; nil unless it was verified.
    package var sha256: String?
    /// Tensors that were read, nil unless it was verified.
    package var tensorCount: Int?
    /// Whether its files hold a vocabulary, nil unless it was verified.
    package var hasVocabulary: Bool?
    /// Why it cannot be used, nil when nothing is known against it.
    package var trouble: String?

    /// Whether nothing is known against it.
    package var isSound: Bool { trouble == nil }

    /// What a list says of a model.
    package init(_ listing: ModelListing) {
        name = listing.name
        path = listing.location.text
        configuration = listing.configuration
        parameterCount = listing.configuration?.parameterCount
        trouble = listing.trouble?.description
    }

    /// Opens a listed model, takes its SHA-256 and reads every tensor.
    ///
    /// Takes memory for the largest tensor in float32.
    package static func verifying(_ listing: ModelListing) -> ModelCheck {
        var check = ModelCheck(listing)
        guard check.isSound else { return check }
        do throws(ModelFileError) {
            let source = try ModelCatalog.open(listing.location, name: listing.name)
            check.format = source.format
            check.configuration = source.configuration
            check.parameterCount = source.configuration.parameterCount
            check.byteCount = source.byteCount
            check.hasVocabulary = source.tokenizer != nil
            check.sha256 = try source.digest()
            try source.checkNumbers()
            check.tensorCount = source.weights.tensorNames.count
        } catch {
            check.trouble = error.description
        }
        return check
    }
}

extension ModelSource {
    /// Reads every tensor, one at a time.
    ///
    /// - Throws: ``ModelFileError`` naming the first tensor that cannot be read, or that holds numbers that are not finite.
    func checkNumbers() throws(ModelFileError) {
        for name in weights.tensorNames {
            let count = elementCount(weights.shape(of: name) ?? []) ?? 0
            let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
            defer { values.deallocate() }
            try weights.read(name, into: values)
            let others = values.count { !$0.isFinite }
            guard others == 0 else {
                throw ModelFileError.damaged(
                    location.text, "tensor \(name)", "\(others) of its \(count) numbers are not finite")
            }
        }
    }
}
