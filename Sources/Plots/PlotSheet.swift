/// The sheet that a plot is drawn on: ground, heading and what stands below it.
struct PlotSheet {
    static let width = 720.0
    static let margin = 20.0
    static var innerWidth: Double { width - 2 * margin }

    private let plot: Plot
    private let subtitle: [String]
    private let title: [String]

    /// The sheet of a plot.
    init(_ plot: Plot) {
        self.plot = plot
        title = TextMeasure.wrapped(
            plot.title, limit: Self.innerWidth, size: PlotStyle.titleSize, bold: true)
        subtitle = TextMeasure.wrapped(plot.subtitle, limit: Self.innerWidth, size: PlotStyle.textSize)
    }

    /// Where the chart may begin.
    var top: Double {
        Self.margin + Double(title.count) * 21 + Double(subtitle.count) * PlotStyle.lineHeight + 10
    }

    /// The whole drawing of the plot with its chart, which ends at `bottom`.
    ///
    /// A reader who does not see it gets title and description; identifiers begin with the plot's name, as several
    /// drawings may stand in one document.
    func drawing(_ chart: [SVGElement], bottom: Double) -> String {
        let height = SVGElement.number((bottom + Self.margin).rounded(.up))
        let width = SVGElement.number(Self.width)
        let titleID = "\(plot.name)-title"
        let descriptionID = "\(plot.name)-description"
        let root = SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": Plot.rootClass,
                "viewBox": "0 0 \(width) \(height)",
                "width": width, "height": height, "role": "img",
                "aria-labelledby": "\(titleID) \(descriptionID)",
            ],
            children: [
                SVGElement("title", ["id": titleID], text: plot.title),
                SVGElement("desc", ["id": descriptionID], text: plot.description),
                SVGElement("style", text: PlotStyle.sheet),
                SVGElement("rect", ["class": "paper", "width": width, "height": height]),
            ] + heading + chart)
        return root.rendered()
    }

    private var heading: [SVGElement] {
        var y = Self.margin + 15
        var elements: [SVGElement] = []
        for line in title {
            elements.append(.label(line, x: Self.margin, y: y, "title"))
            y += 21
        }
        for line in subtitle {
            elements.append(.label(line, x: Self.margin, y: y, "muted"))
            y += PlotStyle.lineHeight
        }
        return elements
    }
}
