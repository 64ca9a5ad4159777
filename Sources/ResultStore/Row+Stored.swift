import GRDB

extension Row {
    /// The value of a column, nil only where an optional is wanted.
    ///
    /// Rows come from files that other people may have edited. What the tables hold is checked when a file is opened; an
    /// index that says something else than its table shows only here. GRDB's subscript would end the program.
    ///
    /// - Throws: `DatabaseError` that says the file is damaged, with the column, for a value of another kind.
    func stored<Value: DatabaseValueConvertible>(_ column: String) throws(DatabaseError) -> Value {
        do {
            return try decode(forColumn: column)
        } catch {
            let isNull = self.hasNull(atColumn: column)
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT,
                message:
                    "an index or a row has \(isNull ? "nothing" : "another kind of value") for '\(column)'")
        }
    }

    private func hasNull(atColumn column: String) -> Bool {
        guard let value: DatabaseValue = self[column] else { return true }
        return value.isNull
    }
}
