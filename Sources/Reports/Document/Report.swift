package import Plots

/// A report before it has a format: a title, sections of prose and tables, and how it was made.
package struct Report: Sendable, Hashable {
    /// One piece of a section.
    package enum Block: Sendable, Hashable {
        /// Prose.
        case paragraph(String)
        /// Short statements, one a line.
        case list([String])
        /// A table.
        case table(Table)
        /// A plot of what tables hold; left out where pictures cannot be shown.
        case figure(Plot)
    }

    /// A titled part.
    package struct Section: Sendable, Hashable {
        /// The heading.
        package var title: String
        /// What it holds, in order.
        package var blocks: [Block]

        /// A section from its parts.
        package init(title: String, blocks: [Block]) {
            self.title = title
            self.blocks = blocks
        }
    }

    /// The report's heading.
    package var title: String
    /// Its parts, in order.
    package var sections: [Section]
    /// Sentences on how it was made.
    package var footer: [String]

    /// A report from its parts.
    package init(title: String, sections: [Section], footer: [String]) {
        self.title = title
        self.sections = sections
        self.footer = footer
    }

    /// All tables in order, each with its section's title.
    package var tables: [(section: String, table: Table)] {
        sections.flatMap { section in
            section.blocks.compactMap { block in
                if case .table(let table) = block { (section.title, table) } else { nil }
            }
        }
    }

    /// All plots in order.
    package var plots: [Plot] {
        sections.flatMap(\.blocks).compactMap { block in
            if case .figure(let plot) = block { plot } else { nil }
        }
    }

    /// All tables in order, each with a name that no other has: of those that share one, later ones get a number.
    package var namedTables: [(name: String, table: Table)] {
        var uses: [String: Int] = [:]
        return tables.map { _, table in
            uses[table.name, default: 0] += 1
            let number = uses[table.name, default: 1]
            return (number == 1 ? table.name : "\(table.name)-\(number)", table)
        }
    }
}
