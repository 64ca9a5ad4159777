import Foundation
import Yams

/// A place in a suite file: a YAML node with the file it is in and a name for messages.
///
/// Yams accepts unknown keys in silence and converts generously; every reading below checks the node's kind, its
/// spelling and its range, and says where it is.
struct SuiteNode {
    /// The file's name, for messages.
    let file: String
    /// What the node stands for, such as `learning_rate`.
    let name: String
    /// The YAML node.
    let node: Node

    /// An error at this node.
    func error(_ problem: String, advice: String? = nil) -> SuiteError {
        SuiteError(
            file: file, line: node.mark?.line, column: node.mark?.column, problem: problem, advice: advice)
    }

    /// The same place under another name.
    func named(_ name: String) -> SuiteNode {
        SuiteNode(file: file, name: name, node: node)
    }

    /// The values of a mapping by key.
    ///
    /// - Throws: ``SuiteError`` when this is no mapping, a key is not among `known`, or one of `required` is missing.
    func mapping(known: [String], required: [String] = []) throws(SuiteError) -> [String: SuiteNode] {
        guard case .mapping(let pairs) = node else {
            throw error("'\(name)' must be a mapping with the keys \(list(known)), but it is \(kind)")
        }
        var values: [String: SuiteNode] = [:]
        for (key, value) in pairs {
            let place = SuiteNode(file: file, name: "key", node: key)
            guard case .scalar(let scalar) = key else {
                throw place.error("a key of '\(name)' must be a word, but it is \(place.kind)")
            }
            guard known.contains(scalar.string) else {
                throw place.error(
                    "unknown key '\(scalar.string)' in '\(name)'",
                    advice: NearestName.advice(for: scalar.string, among: known))
            }
            values[scalar.string] = SuiteNode(file: file, name: scalar.string, node: value)
        }
        for key in required where values[key] == nil {
            throw error("'\(name)' lacks the key '\(key)'")
        }
        return values
    }

    /// The values of a mapping whose keys are free names, in the order of the file.
    ///
    /// - Parameter what: What a key names, for messages.
    /// - Throws: ``SuiteError`` when this is no mapping, an empty one, or a key is not made of lower-case letters, digits
    ///   and hyphens.
    func namedElements(what: String) throws(SuiteError) -> [(name: String, value: SuiteNode)] {
        guard case .mapping(let pairs) = node, !pairs.isEmpty else {
            throw error(
                "'\(name)' must be a mapping from the name of each \(what) to its keys, but it is \(kind)")
        }
        var values: [(name: String, value: SuiteNode)] = []
        for (key, value) in pairs {
            let place = SuiteNode(file: file, name: "key", node: key)
            guard case .scalar(let scalar) = key, !scalar.string.isEmpty,
                scalar.string.allSatisfy({ $0 == "-" || $0.isASCII && ($0.isLowercase || $0.isNumber) })
            else {
                throw place.error(
                    "the name of a \(what) must be lower-case letters, digits and hyphens, but it is \(place.kind)"
                )
            }
            values.append((scalar.string, SuiteNode(file: file, name: scalar.string, node: value)))
        }
        return values
    }

    /// The most elements of a list: twice those of the longest sweep, and few enough to compare each with each.
    private static let maximumElements = 10_000

    /// The elements of a list.
    ///
    /// - Throws: ``SuiteError`` when this is no list, one that is too long, or an empty one where that means nothing.
    func elements(mayBeEmpty: Bool = false) throws(SuiteError) -> [SuiteNode] {
        guard case .sequence(let sequence) = node else {
            throw error("'\(name)' must be a list, but it is \(kind)")
        }
        if sequence.isEmpty && !mayBeEmpty {
            throw error("'\(name)' is an empty list", advice: "list at least one value")
        }
        guard sequence.count <= Self.maximumElements else {
            throw error(
                "'\(name)' lists \(sequence.count) values, but a list may have \(Self.maximumElements)",
                advice: "shorten the list, or make several suites of it")
        }
        return sequence.map { SuiteNode(file: file, name: name, node: $0) }
    }

    /// A list's elements, or the one value that stands for a list of one.
    func oneOrMore() throws(SuiteError) -> [SuiteNode] {
        if case .scalar = node { return [self] }
        return try elements()
    }

    /// What the node is, for messages.
    var kind: String {
        switch node {
        case .scalar(let scalar):
            scalar.string.isEmpty && scalar.style == .plain ? "empty" : "'\(scalar.string)'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    private func list(_ keys: [String]) -> String {
        keys.joined(separator: ", ")
    }
}
