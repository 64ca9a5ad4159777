import Foundation
import Yams

/// The text of a suite file, or of another file of its folder, and its YAML.
enum SuiteText {
    /// Larger files are no suites.
    private static let maximumBytes = 1_000_000

    /// The file's text.
    ///
    /// - Throws: ``SuiteError`` when it cannot be read or is no UTF-8 text.
    static func read(_ path: String) throws(SuiteError) -> String {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SuiteError(
                file: path, line: nil, column: nil, problem: "cannot read this suite file",
                advice: FileManager.default.fileExists(atPath: path)
                    ? "check that it is a file and that you may read it" : "there is no such file")
        }
        guard bytes.count <= maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw SuiteError(
                file: path, line: nil, column: nil,
                problem: "this is not a suite: it is no UTF-8 text below 1 MB",
                advice: nil)
        }
        return text
    }

    /// The text's YAML.
    ///
    /// - Throws: ``SuiteError`` with line and column when it is none.
    static func compose(_ text: String, path: String) throws(SuiteError) -> SuiteNode {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw SuiteError(file: path, line: 1, column: 1, problem: "the file is empty", advice: nil)
            }
            return SuiteNode(file: path, name: "the suite", node: node)
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
