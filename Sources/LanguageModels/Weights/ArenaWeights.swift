package import ModelFiles

/// The parameters of a model as they stand, to be written as a checkpoint.
///
/// A tensor that several parts of the model share, such as a tied head, is there once.
package final class ArenaWeights: WeightSource {
    private let arena: ParameterArena

    /// The parameters of an arena, which is read when a tensor is.
    package init(_ arena: ParameterArena) { self.arena = arena }

    package var tensorNames: [String] { arena.parameters.map(\.name).sorted() }

    package func shape(of name: String) -> [Int]? { arena.parameter(named: name)?.shape }

    package func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(ModelFileError) {
        guard let parameter = arena.parameter(named: name), parameter.range.count == destination.count else {
            throw ModelFileError(
                .mismatch, file: "the model in memory", place: name, "has no such tensor of that size",
                advice: "ask for the tensors that it lists")
        }
        if let values = destination.baseAddress { arena.read(parameter.range, into: values) }
    }
}
