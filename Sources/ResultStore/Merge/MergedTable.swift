import Foundation
import GRDB

/// A table as a merge copies it: whole rows, whatever columns the schema gives it.
///
/// Texts cross as bytes, since one may hold a zero byte, at which SQLite's text binding would end it.
struct MergedTable {
    let name: String
    /// All columns in the order of the table.
    let columns: [String]
    private let texts: Set<String>

    /// The table of that name in a database.
    init(_ name: String, in database: Database) throws {
        self.name = name
        let rows = try Row.fetchAll(database, sql: "SELECT name, type FROM pragma_table_info('\(name)')")
        columns = try rows.map { try $0.stored("name") }
        texts = Set(
            try rows.compactMap { row -> String? in
                let (name, type): (String, String) = (try row.stored("name"), try row.stored("type"))
                return type == "TEXT" ? name : nil
            })
    }

    /// The condition that a column has the value given for it, in a form that finds an index.
    func equation(_ column: String) -> String {
        texts.contains(column) ? "\(column) IS CAST(? AS TEXT)" : "\(column) IS ?"
    }

    /// The values of a row by column, texts as bytes.
    typealias Values = [String: DatabaseValue]

    /// The rows that fit a condition, in the order of some columns.
    func rows(
        _ database: Database, where condition: String = "TRUE", _ arguments: StatementArguments = [],
        orderedBy order: String
    ) throws -> [Values] {
        let list = columns.map { texts.contains($0) ? "CAST(\($0) AS BLOB) AS \($0)" : $0 }
        let statement = try database.cachedStatement(
            sql:
                "SELECT \(list.joined(separator: ", ")) FROM \(name) WHERE \(condition) ORDER BY \(order)")
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            columns.reduce(into: [:]) { values, column in values[column] = row[column] as DatabaseValue }
        }
    }

    /// Adds a row with some columns changed; without its own id the table gives it a new one.
    @discardableResult
    func insert(
        _ values: Values, _ database: Database,
        replacing changes: [String: (any DatabaseValueConvertible)?] = [:]
    ) throws -> Int64 {
        let inserted = columns.filter { $0 != "id" }
        let marks = inserted.map { texts.contains($0) ? "CAST(? AS TEXT)" : "?" }
        let statement = try database.cachedStatement(
            sql:
                "INSERT INTO \(name) (\(inserted.joined(separator: ", "))) VALUES (\(marks.joined(separator: ", ")))"
        )
        try statement.execute(arguments: arguments(values, inserted, changes))
        return database.lastInsertedRowID
    }

    /// Gives a row all values of another but its id, with some columns changed.
    func update(
        id: Int64, to values: Values, _ database: Database,
        replacing changes: [String: (any DatabaseValueConvertible)?] = [:]
    ) throws {
        let updated = columns.filter { $0 != "id" }
        let list = updated.map { texts.contains($0) ? "\($0) = CAST(? AS TEXT)" : "\($0) = ?" }
        let statement = try database.cachedStatement(
            sql: "UPDATE \(name) SET \(list.joined(separator: ", ")) WHERE id = ?")
        try statement.execute(arguments: arguments(values, updated, changes) + [id])
    }

    private func arguments(
        _ values: Values, _ names: [String], _ changes: [String: (any DatabaseValueConvertible)?]
    ) -> StatementArguments {
        StatementArguments(
            names.map { name -> (any DatabaseValueConvertible)? in
                if let change = changes[name] { return change }
                return values[name]
            })
    }

    /// Whether a column holds another row's number, which says nothing outside its own database.
    static func isPointer(_ column: String) -> Bool {
        column.hasSuffix("_id") && column != "first_token_id"
    }

    /// The first column in which two rows differ, times, ids and some others apart.
    func difference(_ first: Values, _ second: Values, besides ignored: Set<String> = []) -> String? {
        differences(first, second, besides: ignored).first
    }

    /// All columns in which two rows differ, times, ids and some others apart.
    func differences(_ first: Values, _ second: Values, besides ignored: Set<String> = []) -> [String] {
        columns.filter { column in
            let isLeftOut =
                column == "id" || Self.isPointer(column) || column.hasSuffix("_ns")
                || ignored.contains(column)
            return !isLeftOut && first[column] != second[column]
        }
    }
}

extension MergedTable.Values {
    /// A text for messages.
    func text(_ column: String) -> String {
        guard let value = self[column] else { return "" }
        return Data.fromDatabaseValue(value).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// What stands in some columns, as one text that is the same for the same values.
    func wording(of columns: [String]) -> String {
        columns.map { "\(self[$0] ?? .null)" }.joined(separator: "\u{1F}")
    }

    /// An integer, 0 when it is none.
    func integer(_ column: String) -> Int64 { optionalInteger(column) ?? 0 }

    /// An integer, nil when it is none.
    func optionalInteger(_ column: String) -> Int64? { self[column].flatMap(Int64.fromDatabaseValue) }
}
