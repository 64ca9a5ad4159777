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

    @Test(
        "all text lies on the sheet and no two lines of text overlap, whether the viewer has Helvetica's metrics or not",
        arguments: SamplePlots.all + [SamplePlots.crowded], FontWidths.all)
    func room(plot: Plot, font: FontWidths) throws {
        let drawing = try ParsedDrawing(plot.svg)
        let boxes = drawing.boxes(in: font)
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

    @Test("text is as wide as in the wider of Liberation Sans and DejaVu Sans")
    func measures() throws {
        let liberation = try #require(FontWidths.liberationSans)
        let dejaVu = try #require(FontWidths.dejaVuSans)
        let bold = try #require(dejaVu.bold)
        #expect(liberation.widths.count == 95 && dejaVu.widths.count == 95 && bold.count == 95)
        for (character, width) in liberation.widths {
            let widest = max(width, try #require(dejaVu.widths[character]))
            let measured = TextMeasure.width(character, size: 1000)
            #expect(abs(measured - widest) <= 1, "\(character): \(measured), not \(widest)")
            let widestBold = max(1.06 * width, try #require(bold[character]))
            let measuredBold = TextMeasure.width(character, size: 1000, bold: true)
            #expect(abs(measuredBold - widestBold) <= 1, "\(character): \(measuredBold), not \(widestBold)")
        }
    }

    @Test("noisy traces neither stretch the axis of the curves that they belong to nor leave the plot")
    func traces() throws {
        func path(_ slot: Int) -> CurveChart.Curve {
            let points = [0.5, 0.45, 0.42].enumerated().map { index, y in
                CurveChart.Point(x: Double(index), y: y + 0.01 * Double(slot))
            }
            return CurveChart.Curve(label: "\(slot)", style: .path, slot: slot, points: points)
        }
        let noise = CurveChart.Curve(
            label: nil, style: .trace, slot: 0,
            points: [0.4, 9, 0.4, 1e30, 0.5].enumerated().map {
                .init(x: Double($0.offset) / 2, y: $0.element)
            })
        func drawing(_ curves: [CurveChart.Curve]) throws -> ParsedDrawing {
            let chart = CurveChart(xAxis: Axis(title: "x"), yAxis: Axis(title: "y"), curves: curves)
            return try ParsedDrawing(
                Plot(name: "noise", title: "", subtitle: "", description: "", chart: .curves(chart)).svg)
        }
        let calm = try drawing([path(0), path(1)])
        let noisy = try drawing([noise, path(0), path(1)])
        #expect(noisy.texts(of: "text") == calm.texts(of: "text"))
        let group = try #require(noisy.elements.first { $0.name == "g" })
        #expect(group.attributes["clip-path"] == "url(#noise-area)")
        #expect(noisy.elements.contains { $0.name == "clipPath" && $0.attributes["id"] == "noise-area" })
        // With nothing else to go by, the axis holds all of them.
        #expect(try drawing([noise]).texts(of: "text") != calm.texts(of: "text"))
    }
}
