/// A figure before it is drawn: what it says in words, and one of three kinds of chart.
///
/// Everything that decides the drawing is in here, so that the same plot gives the same bytes (``svg``).
package struct Plot: Sendable, Hashable {
    /// The kinds of chart.
    package enum Chart: Sendable, Hashable {
        /// Curves and points over a horizontal axis of numbers.
        case curves(CurveChart)
        /// Horizontal bars cut into segments.
        case bars(BarChart)
        /// One point with its interval a row.
        case intervals(IntervalChart)
    }

    /// The class of a drawing's root element, by which its styles and a report's own files are known.
    package static let rootClass = "lzb"

    /// A short name of lower-case words joined by hyphens: a file name, and what the drawing's identifiers begin with.
    package var name: String
    /// The heading.
    package var title: String
    /// What a reader must know to read it, in one or two sentences below the heading; may be empty.
    package var subtitle: String
    /// The same for someone who does not see it: what is drawn and what it shows.
    package var description: String
    /// What is drawn.
    package var chart: Chart

    /// A plot from all its parts.
    package init(name: String, title: String, subtitle: String, description: String, chart: Chart) {
        self.name = name
        self.title = title
        self.subtitle = subtitle
        self.description = description
        self.chart = chart
    }
}
