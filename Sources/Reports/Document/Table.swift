/// A table as every renderer takes it: text in cells, and what a reader needs around it.
///
/// Cells hold the very strings that Markdown, CSV and the terminal show, so that a figure reads the same everywhere.
package struct Table: Sendable, Hashable {
    /// Where a column's text stands.
    package enum Alignment: Sendable, Hashable {
        /// Text: at the left.
        case leading
        /// Figures: at the right.
        case trailing
    }

    /// One column.
    package struct Column: Sendable, Hashable {
        /// The heading, with the unit in brackets.
        package var title: String
        /// Where its text stands.
        package var alignment: Alignment

        /// A column from its heading and alignment.
        package init(_ title: String, _ alignment: Alignment = .leading) {
            self.title = title
            self.alignment = alignment
        }

        /// Whether it is an end of an interval around the estimate in a column before it, which it should stand beside.
        var isIntervalEnd: Bool {
            ["low", "high"].contains(title) || title.hasSuffix("% low") || title.hasSuffix("% high")
        }
    }

    /// A short name of lower-case words joined by hyphens: a file name, a CSV key.
    package var name: String
    /// One sentence on what the table shows.
    package var caption: String
    /// The columns.
    package var columns: [Column]
    /// How many columns at the left say what a row is about; a narrow terminal repeats them beside the others.
    package var keyColumnCount: Int
    /// The rows; each has as many cells as there are columns.
    package private(set) var rows: [[String]]
    /// Sentences below the table.
    package var footnotes: [String]
    /// Cells that stand out, such as the best of a column: bold, or with an asterisk in plain text.
    package private(set) var emphasized: Set<Place> = []

    /// The place of a cell, both counted from 0.
    package struct Place: Sendable, Hashable {
        /// The row.
        package var row: Int
        /// The column.
        package var column: Int

        /// A place from its row and column.
        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    /// A table without rows.
    package init(
        name: String, caption: String, columns: [Column], keyColumnCount: Int = 1, footnotes: [String] = []
    ) {
        self.name = name
        self.caption = caption
        self.columns = columns
        self.keyColumnCount = keyColumnCount
        rows = []
        self.footnotes = footnotes
    }

    /// Adds a row; missing cells at its end become empty ones, and cells beyond the last column are dropped.
    package mutating func append(_ row: [String]) {
        let padding = [String](repeating: "", count: max(0, columns.count - row.count))
        rows.append(Array((row + padding).prefix(columns.count)))
    }

    /// Makes a cell stand out.
    package mutating func emphasize(row: Int, column: Int) {
        emphasized.insert(Place(row: row, column: column))
    }

    /// The rows, each cell with whether it stands out.
    var cells: [[(text: String, standsOut: Bool)]] {
        rows.enumerated().map { row, cells in
            cells.enumerated().map { column, cell in
                (cell, emphasized.contains(Place(row: row, column: column)))
            }
        }
    }

    /// The rows as plain text has them: an asterisk after what stands out.
    var plainRows: [[String]] {
        cells.map { $0.map { $0.standsOut ? $0.text + "*" : $0.text } }
    }

    /// The columns that are the same in all rows, as `heading: value`, and the table without them.
    ///
    /// Only key columns are taken out, so that figures stay where they are looked for.
    var withoutSharedColumns: (shared: [String], table: Table) {
        guard rows.count > 1 else { return ([], self) }
        let keys = columns.indices.prefix(keyColumnCount)
        let constant = keys.filter { column in Set(rows.map { $0[column] }).count == 1 }
        let kept = columns.indices.filter { !constant.contains($0) }
        guard !kept.isEmpty else { return ([], self) }
        var table = Table(
            name: name, caption: caption, columns: kept.map { columns[$0] },
            keyColumnCount: keyColumnCount - constant.count, footnotes: footnotes)
        for row in rows { table.append(kept.map { row[$0] }) }
        for (column, original) in kept.enumerated() {
            for place in emphasized where place.column == original {
                table.emphasize(row: place.row, column: column)
            }
        }
        return (constant.map { "\(columns[$0].title): \(rows[0][$0])" }, table)
    }
}
