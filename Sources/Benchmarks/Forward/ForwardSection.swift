import Kernels
import Reports

/// Where the time of forward passes goes.
enum ForwardSection {
    /// The least share of the library's best rate that products are to reach in their place.
    private static let productTarget = 0.9
    /// What everything but products may take.
    private static let otherTarget = 0.15

    static func make(_ forward: ForwardProfiles) -> Report.Section {
        let shape = "\(forward.model) at \(forward.batchSize) x \(forward.tokens)"
        return Report.Section(
            title: "Forward passes",
            blocks: [.table(shareTable(forward, shape: shape)), .table(rateTable(forward, shape: shape))])
    }

    private static let kinds: [(KernelProfile.Kind, String)] = [
        (.weightProduct, "products with weights"), (.attentionProduct, "attention's products"),
        (.softmax, "softmax"), (.normalization, "norms"), (.activation, "bias, activation"),
        (.rotation, "rotary"), (.gathering, "rows gathered"), (.logitReduction, "loss"),
    ]

    private static func shareTable(_ forward: ForwardProfiles, shape: String) -> Table {
        // Kinds that the model has none of say nothing.
        let kinds = kinds.filter { kind, _ in
            forward.profiles.contains { $0.rounds.contains { $0.kernels[kind].calls > 0 } }
        }
        var table = Table(
            name: "forward-shares",
            caption: "\(shape): where the time of a pass goes, in percent of its wall time.",
            columns: [.init("pass"), .init("ms", .trailing)]
                + kinds.map { .init($0.1, .trailing) } + [
                    .init("noise", .trailing), .init("the rest", .trailing),
                    .init("not products", .trailing), .init("target", .trailing),
                ],
            footnotes: [
                "Measured inside the pass: the time of a kernel's calls, summed over threads and divided by their "
                    + "number. The rest is waiting for other threads and work outside of kernels. Medians over "
                    + "\(Figures.count(forward.profiles.first?.rounds.count ?? 0, "round")).",
                "probed is a step of the fused plan: both sides of the perturbation and the pending update in one pass; "
                    + "its noise takes the place of four passes over the parameters and is not counted as part of a "
                    + "forward pass.",
            ])
        for profile in forward.profiles {
            table.append(
                [profile.pass.rawValue, Figures.milliseconds(profile.wallNanoseconds)]
                    + kinds.map { Figures.percent(profile.kernelShares[$0.0]) } + [
                        Figures.percent(profile.noiseShare), Figures.percent(profile.restShare),
                        Figures.percent(profile.otherShare),
                        Target.below(
                            otherTarget, found: profile.otherShare,
                            figure: { Figures.percent($0, decimals: 0) }),
                    ])
        }
        return table
    }

    private static func rateTable(_ forward: ForwardProfiles, shape: String) -> Table {
        var table = Table(
            name: "forward-rates", caption: "\(shape): products in their place, in GFLOP/s on all threads.",
            columns: [
                .init("pass"), .init("products with weights", .trailing),
                .init("the library's best on the same shapes", .trailing), .init("share (%)", .trailing),
                .init("target", .trailing), .init("attention's products", .trailing),
            ], footnotes: ["The best is that of the table of products, weighted by work."])
        for profile in forward.profiles {
            table.append([
                profile.pass.rawValue, Figures.fixed(profile.weightProductGigaflops, decimals: 0),
                Figures.fixed(profile.bestGigaflops, decimals: 0), Figures.percent(profile.shareOfBest),
                Target.atLeast(
                    productTarget, found: profile.shareOfBest, figure: { Figures.percent($0, decimals: 0) }),
                Figures.fixed(profile.attentionProductGigaflops, decimals: 0),
            ])
        }
        return table
    }
}
