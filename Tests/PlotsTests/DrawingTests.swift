import Foundation
import Plots
import TestSupport
import Testing

@Suite("Drawings of plots")
struct DrawingTests {
    @Test("each kind of chart reads as its golden drawing", arguments: SamplePlots.all)
    func golden(plot: Plot) throws {
        #expect(try GoldenFile.difference(plot.svg, "\(plot.name).svg", test: #filePath) == nil)
    }

    @Test("the same plot gives the same bytes", arguments: SamplePlots.all)
    func deterministic(plot: Plot) {
        #expect(plot.svg == plot.svg)
    }

    @Test(
        "every drawing is well-formed XML with a title, a description and light and dark colours",
        arguments: SamplePlots.all)
    func wellFormed(plot: Plot) throws {
        let drawing = try ParsedDrawing(plot.svg)
        #expect(drawing.texts(of: "title") == [plot.title])
        #expect(drawing.texts(of: "desc") == [plot.description])
        let style = try #require(drawing.texts(of: "style").first)
        #expect(style.contains("prefers-color-scheme: dark"))
        #expect(style.contains(PlotPalette.light.paper) && style.contains(PlotPalette.dark.paper))
        #expect(!plot.svg.contains("nan") && !plot.svg.contains("inf"))
    }

    @Test("all text lies on the sheet and no two lines of text overlap", arguments: SamplePlots.all)
    func room(plot: Plot) throws {
        let drawing = try ParsedDrawing(plot.svg)
        let boxes = drawing.boxes
        #expect(boxes.count > 3)
        for box in boxes {
            #expect(box.left >= 0 && box.right <= drawing.width, "\(box)")
            #expect(box.top >= 0 && box.bottom <= drawing.height, "\(box)")
        }
        for (index, first) in boxes.enumerated() {
            for second in boxes.dropFirst(index + 1) {
                #expect(!first.overlaps(second), "\(first) and \(second)")
            }
        }
    }

    @Test("text with markup and control characters is shown as it is, or as spaces")
    func escaping() throws {
        var plot = SamplePlots.speedup
        plot.title = "a < b & \"c\" > d\u{0}\u{1B}[1m\u{FFFF}"
        let drawing = try ParsedDrawing(plot.svg)
        #expect(drawing.texts(of: "title") == ["a < b & \"c\" > d  [1m "])
    }

    @Test("values that are not finite leave a gap in the line, and none of them reaches the drawing")
    func gaps() throws {
        var chart = CurveChart(
            xAxis: Axis(title: "x"), yAxis: Axis(title: "y"),
            curves: [
                CurveChart.Curve(
                    label: "one", style: .path, slot: 0,
                    points: [1, 2, .nan, 4, 5, .infinity, 7].enumerated().map {
                        .init(x: Double($0.offset), y: $0.element, low: .nan, high: .infinity)
                    })
            ])
        func plot(_ chart: CurveChart) -> Plot {
            Plot(name: "gaps", title: "", subtitle: "", description: "", chart: .curves(chart))
        }
        let drawing = try ParsedDrawing(plot(chart).svg)
        let lines = drawing.elements.filter { $0.attributes["class"] == "curve dashed s0" }
        // The legend's sample, then 1 to 2 and 4 to 5; 7 stands alone.
        #expect(lines.count == 3)
        #expect(drawing.elements.count { $0.attributes["class"] == "mark f0" } == 6)
        #expect(!plot(chart).svg.contains("nan") && !plot(chart).svg.contains("inf"))
        chart.curves[0].points = []
        #expect(try ParsedDrawing(plot(chart).svg).texts(of: "text").contains("no data"))
        chart.curves = []
        #expect(try ParsedDrawing(plot(chart).svg).texts(of: "text").contains("no data"))
    }

    @Test("a chart without rows, and one with a single value, are drawn")
    func few() throws {
        let empty = BarChart(axis: Axis(title: "%"), segments: ["a"], noteTitle: "", groups: [])
        let none = Plot(name: "none", title: "None", subtitle: "", description: "", chart: .bars(empty))
        #expect(try ParsedDrawing(none.svg).texts(of: "title") == ["None"])
        let single = IntervalChart(
            axis: Axis(title: "%"), referenceLabel: "", sampleLabel: "", noteTitle: "",
            groups: [
                .init(title: "task", reference: nil, rows: [.init(label: "method", value: 3, note: "3")])
            ])
        let one = Plot(name: "one", title: "One", subtitle: "", description: "", chart: .intervals(single))
        #expect(try ParsedDrawing(one.svg).elements.count { $0.attributes["class"] == "mark f0" } == 1)
    }

    @Test(
        "identifiers begin with the plot's name, so that drawings can stand in one document",
        arguments: SamplePlots.all)
    func identifiers(plot: Plot) throws {
        let drawing = try ParsedDrawing(plot.svg)
        let ids = drawing.elements.compactMap { $0.attributes["id"] }
        #expect(ids.count >= 2)
        #expect(ids.allSatisfy { $0.hasPrefix(plot.name + "-") })
        #expect(Set(ids).count == ids.count)
    }

    @Test("text is as wide as in Liberation Sans")
    func measures() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/liberation_sans_widths.json")
        let golden = try JSONDecoder().decode(FontWidths.self, from: Data(contentsOf: file))
        #expect(golden.widths.count == 95)
        for (character, width) in golden.widths {
            let measured = TextMeasure.width(character, size: 1000)
            #expect(abs(measured - width) <= 1, "\(character): \(measured), not \(width)")
        }
    }

    private struct FontWidths: Decodable {
        let font: String
        let widths: [String: Double]
    }
}
