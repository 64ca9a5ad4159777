import Kernels

extension ParameterArena {
    /// A parameter as a matrix; a vector is one row.
    func matrix(_ name: String) throws(LanguageModelError) -> MatrixView {
        guard let parameter = parameter(named: name) else {
            throw .missingTensor(name: name, expectedShape: [])
        }
        return MatrixView(
            base: base + parameter.range.lowerBound,
            rowCount: parameter.shape.dropLast().reduce(1, *), columnCount: parameter.shape.last ?? 1)
    }

    /// Neighbouring parameters with equally many columns as one matrix, their rows in the order of `names`.
    ///
    /// The layouts put matrices that multiply the same input side by side, so one product computes them all.
    func joinedMatrix(_ names: [String]) throws(LanguageModelError) -> MatrixView {
        let parts = try names.map { name throws(LanguageModelError) in try matrix(name) }
        guard let first = parts.first else {
            throw .invalidConfiguration(reason: "no parameters to join")
        }
        var rowCount = 0
        for part in parts {
            precondition(part.base == first.base + rowCount * first.columnCount)
            precondition(part.columnCount == first.columnCount)
            rowCount += part.rowCount
        }
        return MatrixView(base: first.base, rowCount: rowCount, columnCount: first.columnCount)
    }

    /// Neighbouring vectors as one.
    func joinedVector(_ names: [String]) throws(LanguageModelError) -> UnsafeMutablePointer<Float> {
        let parts = try names.map { name throws(LanguageModelError) in try matrix(name) }
        guard let first = parts.first else {
            throw .invalidConfiguration(reason: "no parameters to join")
        }
        var offset = 0
        for part in parts {
            precondition(part.base == first.base + offset)
            offset += part.columnCount
        }
        return first.base
    }
}
