import Reports

/// Dense products against the best that OpenBLAS reaches.
enum ProductSection {
    static func make(_ rates: [ProductRate], model: String) -> Report.Section {
        let ways = LibraryWay.allCases.filter { way in
            rates.contains { $0.library.contains { $0.way == way } }
        }
        var table = Table(
            name: "products",
            caption:
                "Products of \(model) in GFLOP/s: OpenBLAS in several ways, and ours as a forward pass cuts it.",
            columns: [
                .init("product"), .init("rows", .trailing), .init("outputs", .trailing),
                .init("inputs", .trailing),
            ] + ways.map { .init($0.rawValue, .trailing) } + [
                .init("ours", .trailing), .init("of the best (%)", .trailing),
            ], keyColumnCount: 4,
            footnotes: [
                "The library stores all logits of the head; ours are reduced block by block while they are in cache."
            ])
        for rate in rates {
            let figures = ways.map { way in
                Figures.fixed(rate.library.first { $0.way == way }?.gigaflops, decimals: 0)
            }
            table.append(
                [
                    rate.product.name, String(rate.rowCount), String(rate.product.outputWidth),
                    String(rate.product.inputWidth),
                ] + figures + [
                    Figures.fixed(rate.gigaflops, decimals: 0), Figures.percent(rate.shareOfBest),
                ])
        }
        return Report.Section(title: "Products", blocks: [.table(table)])
    }
}
