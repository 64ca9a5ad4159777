extension SuiteNode {
    /// Stars in front of a word that a file may have, as aliases have them.
    private static let mostAliases = 24

    /// Refuses a text with more aliases than any suite or policy needs, before it is composed.
    ///
    /// Each alias may stand for a list of earlier aliases, so that a short text of many stands for a value of any
    /// size. Stars inside a string count too: where they stand is known only after composing.
    static func refuseManyAliases(in text: String, path: String) throws(SuiteError) {
        var count = 0
        var line = 1
        var former: UInt8 = 0
        for byte in text.utf8 {
            if former == UInt8(ascii: "*"), byte > UInt8(ascii: " ") { count += 1 }
            guard count <= mostAliases else {
                throw SuiteError(
                    file: path, line: line, column: nil,
                    problem: "more than \(mostAliases) aliases stand in this file",
                    advice: "write the values out instead of naming them with '*'")
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            former = byte
        }
    }
}
