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
        for (index, line) in lines.enumerated() where !line.hasPrefix("%") {
            let where_ = "line \(index + 1): \(line)"
            try checkGroups(line, where_)
            for match in line.matches(of: #/\\(begin|end)\{(\w+)\}(\[b\])?(\{(.*)\}$)?/#) {
                if match.1 == "begin" {
                    let specification =
                        match.2 == "tabular" && match.3 == nil ? match.5.map(String.init) : nil
                    environments.append((String(match.2), specification.map(columnCount)))
                } else {
                    guard environments.popLast()?.name == String(match.2) else {
                        throw Broken(description: "unbalanced environment, \(where_)")
                    }
                }
            }
            guard line.hasSuffix(" \\\\"), let columns = environments.last?.columns else { continue }
            let cells = line.replacing("\\&", with: "").components(separatedBy: "&").count
            guard cells == columns else {
                throw Broken(description: "\(cells) cells in \(columns) columns, \(where_)")
            }
        }
        if let open = environments.last { throw Broken(description: "\(open.name) is not closed") }
    }

    private func columnCount(_ specification: String) -> Int {
        let plain = specification.replacing(#/>\{[^}]*\}p\{[^}]*\}/#, with: "p")
        return plain.count { "lrp".contains($0) }
    }

    private func checkGroups(_ line: Substring, _ place: String) throws {
        var depth = 0
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
        let mayStayOpen = line.hasSuffix("{!}{%") || line.hasPrefix("{\\small")
        if depth != 0 && !mayStayOpen && !line.hasPrefix("}") && !line.hasSuffix("\\end{tabular}}") {
            throw Broken(description: "\(depth) open groups, \(place)")
        }
        if !dollars.isMultiple(of: 2) { throw Broken(description: "an odd number of dollars, \(place)") }
    }
}
