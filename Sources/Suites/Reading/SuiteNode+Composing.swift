import Yams

extension SuiteNode {
    /// The top of a YAML text that came from `path`, under a name for messages.
    ///
    /// - Throws: ``SuiteError`` with its place when the text is no YAML, is empty, or names a key twice.
    static func compose(_ text: String, path: String, name: String) throws(SuiteError) -> SuiteNode {
        try refuseManyAliases(in: text, path: path)
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw SuiteError(file: path, line: 1, column: 1, problem: "the file is empty", advice: nil)
            }
            return SuiteNode(file: path, name: name, node: node)
        } catch let error as SuiteError {
            throw error
        } catch let error as YamlError {
            throw SuiteError(yaml: error, file: path)
        } catch {
            throw SuiteError(
                file: path, line: nil, column: nil, problem: "this is not YAML: \(error)", advice: nil)
        }
    }
}

extension SuiteError {
    /// An error of the YAML library, which knows places but speaks of its own insides.
    fileprivate init(yaml error: YamlError, file: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let circumstances = context.map { " (\($0.text) in line \($0.mark.line))" } ?? ""
            self.init(
                file: file, line: mark.line, column: mark.column,
                problem: "this is not YAML: \(problem)\(circumstances)",
                advice: "check the indentation, brackets and quotes there")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            self.init(
                file: file, line: context.mark.line, column: context.mark.column,
                problem: "the key \(names) is given twice in one mapping", advice: "remove one of them")
        case .reader(let problem, let offset, _, _):
            let place = offset.map { " at byte \($0)" } ?? ""
            self.init(
                file: file, line: nil, column: nil, problem: "this is not YAML: \(problem)\(place)",
                advice: nil)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            self.init(file: file, line: nil, column: nil, problem: "this is not YAML: \(error)", advice: nil)
        }
    }
}
