/// The records of comma-separated text (RFC 4180), with quoted fields, doubled quotes and either line ending.
struct CommaSeparatedText {
    /// One record with the line that it starts on, from 1.
    struct Record {
        var line: Int
        var fields: [String]
    }

    private(set) var records: [Record] = []

    /// Reads the text of a file.
    ///
    /// Empty lines are left out; `file` is only for messages.
    init(_ text: String, file: String) throws(LedgerError) {
        var fields: [String] = []
        var field = ""
        var line = 1
        var recordLine = 1
        var state = State.startOfField
        func isEndOfLine(_ character: Character) -> Bool {
            character == "\n" || character == "\r\n" || character == "\r"
        }

        for character in text {
            switch (state, character) {
            case (.quoted, "\""): state = .quoteInQuoted
            case (.quoted, _): field.append(character)
            case (.quoteInQuoted, "\""):
                field.append("\"")
                state = .quoted
            case (.startOfField, "\""): state = .quoted
            case (_, ","):
                fields.append(field)
                field = ""
                state = .startOfField
            case (_, _) where isEndOfLine(character):
                finishRecord(&fields, &field, line: recordLine)
                recordLine = line + 1
                state = .startOfField
            case (.quoteInQuoted, _): throw .malformedQuotes(file: file, line: line)
            default:
                field.append(character)
                state = .bare
            }
            if isEndOfLine(character) { line += 1 }
        }
        if state == .quoted { throw .malformedQuotes(file: file, line: recordLine) }
        finishRecord(&fields, &field, line: recordLine)
    }

    private enum State {
        case startOfField
        case bare
        case quoted
        case quoteInQuoted
    }

    private mutating func finishRecord(_ fields: inout [String], _ field: inout String, line: Int) {
        if !fields.isEmpty || !field.isEmpty {
            records.append(Record(line: line, fields: fields + [field]))
        }
        fields = []
        field = ""
    }
}
