/// How everything on a plot looks: the style sheet, font sizes, dashes and markers.
package enum PlotStyle {
    /// How many curves differ in colour, marker and dashes; later ones begin again.
    package static let slotCount = PlotPalette.light.series.count
    /// How many segments of a bar differ.
    package static let segmentCount = PlotPalette.light.segments.count

    static let titleSize = 16.0
    static let textSize = 12.0
    static let lineHeight = 16.0

    /// The style sheet.
    ///
    /// Light is the rule, so that printers and programs that know no media queries get it. Every rule holds inside
    /// `.lzb` only, as a drawing may stand in the middle of another document.
    static let sheet =
        """

        .lzb text{font-family:Helvetica,Arial,Liberation Sans,sans-serif;font-size:12px}
        .lzb .title{font-size:16px;font-weight:bold}
        .lzb .heading{font-weight:bold}
        .lzb .curve{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .lzb .trace{fill:none;stroke-width:1;stroke-opacity:0.4;stroke-linejoin:round}
        .lzb .bound{fill:none;stroke-width:1.75;stroke-dasharray:0.1 4;stroke-linecap:round}
        .lzb .ribbon{stroke:none;fill-opacity:0.16}
        .lzb .bar{stroke-width:1.5}
        .lzb .mark{stroke-width:1.25}
        .lzb .hollow{stroke-width:1.75}
        .lzb .sample{stroke-width:1;fill:none}
        .lzb .gridline,.lzb .axis{stroke-width:1}
        .lzb .reference{stroke-width:1.25;stroke-dasharray:6 4}
        .lzb .hatch{stroke-width:2}
        \(dashes.enumerated().filter { !$0.element.isEmpty }
            .map { ".lzb .dashed.s\($0.offset){stroke-dasharray:\($0.element)}" }.joined(separator: "\n"))
        \(colours(.light))
        @media screen and (prefers-color-scheme: dark){
        \(colours(.dark))
        }

        """

    /// The dashes of each slot's path.
    private static let dashes = ["", "8 4", "2 4", "10 4 2 4", "5 3", "12 3 2 3 2 3"]

    private static func colours(_ palette: PlotPalette) -> String {
        var rules = [
            ".lzb .paper{fill:\(palette.paper)}",
            ".lzb text{fill:\(palette.ink)}",
            ".lzb .muted{fill:\(palette.muted)}",
            ".lzb .gridline{stroke:\(palette.grid)}",
            ".lzb .axis,.lzb .reference{stroke:\(palette.muted)}",
            ".lzb .mark{stroke:\(palette.paper)}",
            ".lzb .hollow{fill:\(palette.paper)}",
            ".lzb .hatch{stroke:\(palette.paper)}",
            ".lzb .ink{fill:\(palette.ink)}",
            ".lzb .inkline{stroke:\(palette.ink)}",
        ]
        for (slot, colour) in palette.series.enumerated() {
            rules.append(".lzb .s\(slot){stroke:\(colour)}")
            rules.append(".lzb .f\(slot){fill:\(colour)}")
        }
        for (index, colour) in palette.segments.enumerated() {
            rules.append(".lzb .segment\(index){fill:\(colour)}")
        }
        return rules.joined(separator: "\n")
    }
}
