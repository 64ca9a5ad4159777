import Kernels

/// Where a matrix of parameters stands in the arena: row-major, rows without gaps.
struct WeightMatrix: Sendable, Hashable {
    /// Index of the first element.
    let offset: Int
    let rowCount: Int
    let columnCount: Int

    /// Its elements.
    var range: Range<Int> { offset..<offset + rowCount * columnCount }

    /// Some of its rows.
    func rows(_ rows: Range<Int>) -> WeightMatrix {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
        return WeightMatrix(
            offset: offset + rows.lowerBound * columnCount, rowCount: rows.count, columnCount: columnCount)
    }
}

/// Where a vector of parameters stands in the arena.
struct WeightVector: Sendable, Hashable {
    /// Index of the first element.
    let offset: Int
    let count: Int

    /// Its elements.
    var range: Range<Int> { offset..<offset + count }

    /// Some of its elements.
    func elements(_ elements: Range<Int>) -> WeightVector {
        precondition(elements.lowerBound >= 0 && elements.upperBound <= count)
        return WeightVector(offset: offset + elements.lowerBound, count: elements.count)
    }
}

extension ParameterArena {
    /// The place of a parameter as a matrix; a vector is one row.
    func matrix(_ name: String) throws(LanguageModelError) -> WeightMatrix {
        guard let parameter = parameter(named: name) else {
            throw .missingTensor(name: name, expectedShape: [])
        }
        return WeightMatrix(
            offset: parameter.range.lowerBound, rowCount: parameter.shape.dropLast().reduce(1, *),
            columnCount: parameter.shape.last ?? 1)
    }

    /// The place of a parameter as a vector.
    func vector(_ name: String) throws(LanguageModelError) -> WeightVector {
        let place = try matrix(name)
        return WeightVector(offset: place.offset, count: place.range.count)
    }

    /// Neighbouring parameters with equally many columns as one matrix, their rows in the order of `names`.
    ///
    /// The layouts put matrices that multiply the same input side by side, so one product computes them all.
    func joinedMatrix(_ names: [String]) throws(LanguageModelError) -> WeightMatrix {
        let parts = try names.map { name throws(LanguageModelError) in try matrix(name) }
        guard let first = parts.first else {
            throw .invalidConfiguration(reason: "no parameters to join")
        }
        var rowCount = 0
        for part in parts {
            precondition(part.offset == first.offset + rowCount * first.columnCount)
            precondition(part.columnCount == first.columnCount)
            rowCount += part.rowCount
        }
        return WeightMatrix(offset: first.offset, rowCount: rowCount, columnCount: first.columnCount)
    }

    /// Neighbouring vectors as one.
    func joinedVector(_ names: [String]) throws(LanguageModelError) -> WeightVector {
        let parts = try names.map { name throws(LanguageModelError) in try vector(name) }
        guard let first = parts.first else {
            throw .invalidConfiguration(reason: "no parameters to join")
        }
        var count = 0
        for part in parts {
            precondition(part.offset == first.offset + count)
            count += part.count
        }
        return WeightVector(offset: first.offset, count: count)
    }
}
