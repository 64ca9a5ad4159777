/// A page that tables are set on, A4.
struct LaTeXPage: Hashable {
    /// The width of its text in points.
    let width: Double
    /// How many rows of a table it holds beside heading and caption.
    let lines: Int

    /// A page of a paper.
    static let upright = LaTeXPage(width: 455, lines: 48)
    /// A page of a paper, turned by a quarter for a wide table.
    static let turned = LaTeXPage(width: 700, lines: 30)
    /// A page of a document that lies on its long side throughout.
    static let lying = LaTeXPage(width: 730, lines: 34)
}
