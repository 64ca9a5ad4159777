package import Kernels

/// The gradient of a loss by every element of a parameter arena, or of one of its parameters, in the arena's order.
package final class GradientArena {
    /// The parameters, with the ranges that they have in their own arena.
    package let parameters: [Parameter]
    /// The elements of the parameters' arena that have a gradient.
    package let range: Range<Int>
    private let buffer: AlignedBuffer<Float>

    /// A gradient of zeros for the parameters of `arena`.
    ///
    /// - Parameter only: The one parameter that it is of, if not of all.
    /// - Throws: ``OutOfMemory`` when the system refuses its memory, 4 bytes an element.
    package init(of arena: ParameterArena, only: Parameter? = nil) throws(OutOfMemory) {
        parameters = only.map { [$0] } ?? arena.parameters
        range = only?.range ?? 0..<arena.count
        buffer = try AlignedBuffer(count: range.count, purpose: .gradients)
    }

    /// The number of elements.
    package var count: Int { range.count }

    /// The first element, valid for the life of the gradient.
    package var base: UnsafeMutablePointer<Float> { buffer.base }

    /// The element with an index in the parameters' arena, valid for the life of the gradient.
    package func element(_ index: Int) -> UnsafeMutablePointer<Float> {
        base + (index - range.lowerBound)
    }

    /// The bytes of all elements.
    package var bytes: Int { count * MemoryLayout<Float>.stride }

    /// The elements of one parameter, valid for the life of the gradient.
    package func elements(of parameter: Parameter) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: element(parameter.range.lowerBound), count: parameter.range.count)
    }

    /// Writes 0 everywhere; a pass adds to what is there.
    package func clear(team: ThreadTeam) {
        let columns = 4096
        let whole = count / columns
        RowCopying.clear(MatrixView(base: base, rowCount: whole, columnCount: columns), team: team)
        (base + whole * columns).update(repeating: 0, count: count - whole * columns)
    }

    /// The place of a matrix of parameters.
    func view(_ weight: WeightMatrix) -> MatrixView {
        MatrixView(
            base: element(weight.offset), rowCount: weight.rowCount, columnCount: weight.columnCount)
    }
}
