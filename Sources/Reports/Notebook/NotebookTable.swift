/// A table in a notebook: the very HTML that pandas gives for a frame of text (`to_html(index=False, border=0)`).
struct NotebookTable {
    private let columns: [String]
    private var rows: [[String]] = []

    init(columns: [String]) {
        self.columns = columns
    }

    mutating func append(_ row: [String]) {
        rows.append(row)
    }

    /// The table by media type, for readers with and without HTML.
    var output: NotebookDocument.Output {
        .shown(["text/html": html, "text/plain": plain])
    }

    /// Whether there is anything to show.
    var isEmpty: Bool { rows.isEmpty }

    private var html: String {
        func cells(_ cells: [String], _ tag: String) -> String {
            cells.map { "      <\(tag)>\(Self.escaped($0))</\(tag)>\n" }.joined()
        }
        let body = rows.map { "    <tr>\n\(cells($0, "td"))    </tr>\n" }.joined()
        return """
            <table border="0" class="dataframe">
              <thead>
                <tr style="text-align: right;">
            \(cells(columns, "th"))    </tr>
              </thead>
              <tbody>
            \(body)  </tbody>
            </table>
            """
    }

    private var plain: String {
        var table = Table(name: "table", caption: "", columns: columns.map { .init($0) })
        for row in rows { table.append(row) }
        let lines = TerminalTable(table).lines(width: .max, colour: false)
        return lines.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        DisplayText.singleLine(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
