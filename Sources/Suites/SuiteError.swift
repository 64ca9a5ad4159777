/// Something wrong with a suite file, with the name of a suite, or with a filter.
package struct SuiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, nil when the trouble is not in one.
    package var file: String?
    /// The line, from 1.
    package var line: Int?
    /// The column, from 1.
    package var column: Int?
    /// What was found and what was expected, as one sentence.
    package var problem: String
    /// What to do, as one sentence, or nil when the problem says it.
    package var advice: String?

    /// `file:line:column: problem; advice`.
    package var description: String {
        var place = ""
        if let file {
            place = file
            if let line { place += ":\(line)" }
            if line != nil, let column { place += ":\(column)" }
            place += ": "
        }
        return place + problem + (advice.map { "; " + $0 } ?? "")
    }

    /// An error that is in no file.
    static func outside(_ problem: String, advice: String? = nil) -> SuiteError {
        SuiteError(file: nil, line: nil, column: nil, problem: problem, advice: advice)
    }
}
