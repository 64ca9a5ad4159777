/// Named tensors of a checkpoint, read one at a time and converted to float32.
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
}
