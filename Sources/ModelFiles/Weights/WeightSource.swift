/// Named tensors of a checkpoint, read one at a time.
///
/// Names and layouts are Hugging Face's, whatever the container: a GGUF source translates its names and
/// undoes the row permutation of rotary projections, so a model never sees which container it came from.
package protocol WeightSource: AnyObject {
    /// Every tensor of the checkpoint, sorted by name.
    var tensorNames: [String] { get }

    /// The row-major shape of a tensor, or nil when there is none of that name.
    func shape(of name: String) -> [Int]?

    /// Reads one tensor, dequantised or widened to float32, row-major.
    ///
    /// - Throws: ``ModelFileError`` naming the file, the tensor and the trouble.
    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError)

    /// Reads one tensor in the destination's format.
    ///
    /// Sources in files take no memory that grows with the tensor, and let go of a mapped file's pages as they go on.
    /// - Throws: ``ModelFileError`` naming the file, the tensor and the trouble.
    func read(_ name: String, into destination: TensorDestination) throws(ModelFileError)
}

extension WeightSource {
    /// Reads by way of a float32 copy of the whole tensor, for sources that make their numbers.
    package func read(_ name: String, into destination: TensorDestination) throws(ModelFileError) {
        if case .float32(let elements) = destination { return try read(name, into: elements) }
        let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: destination.count)
        defer { values.deallocate() }
        try read(name, into: values)
        destination.store { piece, part in
            _ = part.update(fromContentsOf: values[piece])
        }
    }
}

/// A source whose tensors lie in files, ready to be read in any format.
protocol FiledWeights: WeightSource {
    /// The format of a tensor as its container names it, nil for a name that is not there.
    func typeName(of name: String) -> String?
}

extension FiledWeights {
    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        try read(name, into: .float32(destination))
    }
}
