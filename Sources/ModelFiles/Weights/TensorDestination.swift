package import Kernels

/// Memory that a tensor is read into, row-major, in the format that it is to be held in.
package enum TensorDestination {
    /// IEEE 754 binary32.
    case float32(UnsafeMutableBufferPointer<Float>)
    /// A 16-bit format; numbers of other formats are rounded to nearest.
    case half(UnsafeMutableBufferPointer<UInt16>, HalfFormat)

    /// Bytes that hold numbers of a 16-bit format, or of float32 for none; aligned for them.
    init(_ bytes: UnsafeMutableRawBufferPointer, half: HalfFormat?) {
        if let half {
            self = .half(bytes.bindMemory(to: UInt16.self), half)
        } else {
            self = .float32(bytes.bindMemory(to: Float.self))
        }
    }

    /// How many elements there is room for.
    package var count: Int {
        switch self {
        case .float32(let elements): elements.count
        case .half(let elements, _): elements.count
        }
    }

    /// Some of its elements.
    func elements(_ range: Range<Int>) -> TensorDestination {
        switch self {
        case .float32(let elements): .float32(UnsafeMutableBufferPointer(rebasing: elements[range]))
        case .half(let elements, let format):
            .half(UnsafeMutableBufferPointer(rebasing: elements[range]), format)
        }
    }

    /// Fills all elements with numbers of a file, at any alignment.
    ///
    /// Numbers that have the destination's format already are copied as they are.
    func store(_ source: UnsafeRawBufferPointer, of type: ElementType) {
        precondition(source.count / type.byteCount >= count, "a tensor's bytes are too few")
        switch self {
        case .float32(let elements): type.widen(source, into: elements)
        case .half(let elements, let format):
            guard let from = source.baseAddress, let to = elements.baseAddress else { return }
            if type.half == format {
                UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: 2 * elements.count)
            } else {
                store { piece, values in
                    let start = piece.lowerBound * type.byteCount
                    type.widen(UnsafeRawBufferPointer(rebasing: source[start...]), into: values)
                }
            }
        }
    }

    /// Fills all elements with float32 numbers that `make` writes, piece by piece.
    ///
    /// - Parameters:
    ///   - multiple: Pieces but the last are a multiple of this.
    ///   - make: Writes the elements of a range, counted from the first, to the buffer, which has room for just those.
    func store(multipleOf multiple: Int = 1, _ make: (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void)
    {
        switch self {
        case .float32(let elements): make(0..<elements.count, elements)
        case .half(let elements, let format):
            guard let base = elements.baseAddress else { return }
            let most = (1 << 14) / multiple * multiple
            withUnsafeTemporaryAllocation(of: Float.self, capacity: most) { buffer in
                for start in stride(from: 0, to: elements.count, by: most) {
                    let piece = start..<min(start + most, elements.count)
                    let values = UnsafeMutableBufferPointer(rebasing: buffer[..<piece.count])
                    make(piece, values)
                    if let first = values.baseAddress {
                        HalfPrecision.narrow(first, to: format, into: base + start, count: piece.count)
                    }
                }
            }
        }
    }
}
