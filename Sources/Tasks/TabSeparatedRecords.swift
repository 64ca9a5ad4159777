extension EntryText {
    /// The wanted columns of a table with a header line, in the wanted order, with line numbers.
    ///
    /// Fields are separated by tabs and taken as they are: quotation marks mean nothing, as in GLUE's files.
    ///
    /// - Throws: ``TaskError/badRecord(_:)`` for a missing column or a line with another number of fields.
    func tabSeparated(columns wanted: [String]) throws(TaskError) -> [(line: Int, fields: [String])] {
        let lines = try lines()
        let header = Self.fields(of: lines[0].text)
        var positions: [Int] = []
        for column in wanted {
            guard let position = header.firstIndex(of: column) else {
                throw badRecord(
                    line: 1, field: column,
                    found: "the columns \(header.map(quoted).joined(separator: ", "))",
                    expected: "a column of that name")
            }
            positions.append(position)
        }
        var records: [(line: Int, fields: [String])] = []
        for (number, text) in lines.dropFirst() {
            let fields = Self.fields(of: text)
            guard fields.count == header.count else {
                throw badRecord(
                    line: number, found: "\(fields.count) tab-separated fields in \(quoted(text))",
                    expected: "\(header.count)")
            }
            records.append((number, positions.map { fields[$0] }))
        }
        guard !records.isEmpty else { throw .emptySplit(archive: archive, entry: entry) }
        return records
    }

    private static func fields(of line: String) -> [String] {
        line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
}
