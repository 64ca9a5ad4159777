import Foundation

/// What must hold of LaTeX for it to compile, checked without TeX.
struct LaTeXStructure {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private let lines: [Substring]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// - Throws: The line at which something is not closed, has a stray character or too few cells.
    func check() throws {
        var environments: [(name: String, columns: Int?)] = []
        var depth = 0
        for (index, line) in lines.enumerated() where !line.hasPrefix("%") {
            let place = "line \(index + 1): \(line)"
            depth = try self.depth(after: line, from: depth, place)
            for match in line.matches(of: #/\\(begin|end)\{(\w+)\}(\[b\])?(\{(.*)\}$)?/#) {
                if match.1 == "begin" {
                    let specification =
                        match.2 == "tabular" && match.3 == nil ? match.5.map(String.init) : nil
                    environments.append((String(match.2), specification.map(columnCount)))
                } else {
                    guard environments.popLast()?.name == String(match.2) else {
                        throw Broken(description: "unbalanced environment, \(place)")
                    }
                }
            }
            guard line.hasSuffix(" \\\\"), let columns = environments.last?.columns else { continue }
            let cells = line.replacing("\\&", with: "").components(separatedBy: "&").count
            guard cells == columns else {
                throw Broken(description: "\(cells) cells in \(columns) columns, \(place)")
            }
        }
        if depth != 0 { throw Broken(description: "\(depth) groups are not closed") }
        if let open = environments.last { throw Broken(description: "\(open.name) is not closed") }
    }

    private func columnCount(_ specification: String) -> Int {
        let plain = specification.replacing(#/>\{[^}]*\}p\{[^}]*\}/#, with: "p")
        return plain.count { "lrp".contains($0) }
    }

    /// The depth of groups after a line, from the depth before it.
    private func depth(after line: Substring, from start: Int, _ place: String) throws -> Int {
        var depth = start
        var dollars = 0
        var isEscaped = false
        for character in line {
            defer { isEscaped = character == "\\" && !isEscaped }
            guard !isEscaped else { continue }
            switch character {
            case "{": depth += 1
            case "}": depth -= 1
            case "$": dollars += 1
            // A line's own comment sign ends it only where this renderer puts one.
            case "%" where !line.hasSuffix("{!}{%"):
                throw Broken(description: "a bare percent sign, \(place)")
            case "#": throw Broken(description: "a bare number sign, \(place)")
            default: break
            }
            if depth < 0 { throw Broken(description: "a group closes that none opened, \(place)") }
        }
        if !dollars.isMultiple(of: 2) { throw Broken(description: "an odd number of dollars, \(place)") }
        return depth
    }
}
