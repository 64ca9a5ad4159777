/// The colours of a plot on one kind of ground, as `#RRGGBB`.
///
/// Chosen so that each differs from the ground by a contrast of at least 3 to 1 (WCAG 2.2, 1.4.11) and any two of a list
/// stay apart for readers with deuteranopia, protanopia and tritanopia. Colour is never the only difference: curves
/// have markers and dashes too, segments have hatching.
package struct PlotPalette: Sendable, Hashable {
    /// The ground.
    package let paper: String
    /// Headings, labels and points that stand for everything.
    package let ink: String
    /// Axes, ticks and remarks.
    package let muted: String
    /// Lines of the grid, which need not be seen.
    package let grid: String
    /// Curves by slot.
    package let series: [String]
    /// Segments of a bar from left to right.
    package let segments: [String]

    /// For white paper and light screens.
    package static let light = PlotPalette(
        paper: "#FFFFFF", ink: "#1B1F24", muted: "#57606A", grid: "#E1E5EA",
        series: ["#1C8EFA", "#A82121", "#1E595F", "#690892", "#B08C00", "#160A09"],
        segments: ["#1C8EFA", "#8C6A00", "#808A96", "#690892"])

    /// For dark screens.
    package static let dark = PlotPalette(
        paper: "#15181D", ink: "#E9EDF2", muted: "#A5AEB9", grid: "#2D333B",
        series: ["#5985BC", "#E8452E", "#7AECAF", "#9D5EFD", "#F3C409", "#D4DBFE"],
        segments: ["#6DB3FF", "#D9A300", "#68727E", "#F7E8FF"])
}
