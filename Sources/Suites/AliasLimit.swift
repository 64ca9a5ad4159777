extension Suite {
    /// Uses of anchors that a suite may have.
    private static let mostAliases = 24

    /// Refuses a text with more aliases than any suite needs, before it is composed.
    ///
    /// Each alias may stand for a list of earlier aliases, so that a short text of many stands for a value of any
    /// size; what is counted here may also stand in a string.
    static func refuseManyAliases(in text: String, path: String) throws(SuiteError) {
        var count = 0
        var line = 1
        var former: UInt8 = 0x0a
        for byte in text.utf8 {
            // An alias begins a word: after a space, a bracket, a comma or at the start of a line.
            if former == 0x2a, byte > 0x20 { count += 1 }
            if former == 0x0a { line += 1 }
            guard count <= mostAliases else {
                throw SuiteError(
                    file: path, line: line - 1, column: nil,
                    problem: "more than \(mostAliases) aliases stand in this file",
                    advice: "write the values out instead of naming them with '*'")
            }
            former = byte
        }
    }
}
