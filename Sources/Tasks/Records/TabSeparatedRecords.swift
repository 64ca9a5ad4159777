extension EntryText {
    /// The wanted columns of a table with a header line, in the wanted order, with line numbers.
    ///
    /// Fields are separated by tabs and taken as they are: quotation marks mean nothing, as in GLUE's files.
    ///
    /// - Throws: ``TaskError/badRecord(_:)`` for a missing column or a line with another number of fields.
    func tabSeparated(columns wanted: [String]) throws(TaskError) -> [(line: Int, fields: [String])] {
        var fieldCount = 0
        var positions: [Int] = []
        var records: [(line: Int, fields: [String])] = []
        try forEachLine { (number, text) throws(TaskError) in
            let fields = try self.fields(of: text, line: number)
            guard number > 1 else {
                fieldCount = fields.count
                positions = try self.positions(of: wanted, in: fields)
                return
            }
            guard fields.count == fieldCount else {
                throw badRecord(
                    line: number, found: "\(fields.count) tab-separated fields in \(quoted(text))",
                    expected: "\(fieldCount)")
            }
            records.append((number, positions.map { fields[$0] }))
        }
        guard !records.isEmpty else { throw .emptySplit(archive: archive, entry: entry) }
        return records
    }

    private func positions(of wanted: [String], in header: [String]) throws(TaskError) -> [Int] {
        var positions: [Int] = []
        for column in wanted {
            guard let position = header.firstIndex(of: column) else {
                let more = header.count > 20 ? " and \(header.count - 20) more" : ""
                throw badRecord(
                    line: 1, field: column,
                    found: "the columns \(header.prefix(20).map(quoted).joined(separator: ", "))\(more)",
                    expected: "a column of that name")
            }
            positions.append(position)
        }
        return positions
    }

    /// Fields of a line: a thousand times those of the known tasks.
    private static let maximumFields = 1_000

    private func fields(of text: String, line number: Int) throws(TaskError) -> [String] {
        // Counted first: a field takes many times the byte that ends it.
        let count = text.utf8.count { $0 == UInt8(ascii: "\t") } + 1
        guard count <= Self.maximumFields else {
            throw badRecord(
                line: number, found: "\(count) tab-separated fields",
                expected: "at most \(Self.maximumFields)")
        }
        return text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
}
