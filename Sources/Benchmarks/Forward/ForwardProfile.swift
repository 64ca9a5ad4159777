package import Kernels
import Statistics

/// A way to run a batch through a model.
package enum ForwardPassKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Padded rows, logits at every position: a forward pass of the reference plan.
    case reference
    /// Nothing that no scored token needs: evaluation.
    case packed
    /// Both sides of a perturbation with the pending update, in one pass over the parameters: a step of the fused
    /// plan, which takes the place of two forward passes, three perturbations and an update.
    case probed
}

/// Where the time of a forward pass goes.
package struct ForwardProfile: Sendable, Hashable, Codable {
    /// One pass.
    package struct Round: Sendable, Hashable, Codable {
        /// The pass from beginning to end.
        package let wallNanoseconds: Int64
        /// Drawing noise and adding it, as perturbation and update, the mean over threads; 0 without a probe.
        package let noiseNanoseconds: Int64
        /// The time of each kind of kernel, summed over threads.
        package let kernels: KernelProfile

        /// A round from its values.
        package init(wallNanoseconds: Int64, noiseNanoseconds: Int64, kernels: KernelProfile) {
            self.wallNanoseconds = wallNanoseconds
            self.noiseNanoseconds = noiseNanoseconds
            self.kernels = kernels
        }
    }

    /// The way.
    package let pass: ForwardPassKind
    /// Threads at work.
    package let threadCount: Int
    /// Nanoseconds of a pass, the median over rounds.
    package let wallNanoseconds: Double
    /// Each kind's share of the wall time: its time over all threads, divided by threads and wall time.
    package let kernelShares: [KernelProfile.Kind: Double]
    /// Noise's share of the wall time.
    package let noiseShare: Double
    /// What is left of the wall time: threads that wait for one another, and all work outside of kernels.
    package let restShare: Double
    /// The share of both kinds of products.
    package let productShare: Double
    /// The share of everything but products and noise: what a forward pass spends beside its arithmetic.
    package let otherShare: Double
    /// The rate inside products with weights on all threads, in 10⁹ floating-point operations a second.
    package let weightProductGigaflops: Double
    /// The rate inside attention's products on all threads.
    package let attentionProductGigaflops: Double
    /// The rate that the same products with weights would have at the best of ``ProductRate``, weighted by work.
    package let bestGigaflops: Double
    /// ``weightProductGigaflops`` over ``bestGigaflops``.
    package let shareOfBest: Double
    /// Every pass.
    package let rounds: [Round]

    /// A profile from rounds, at least one, and from the rate that the library's best ways would reach.
    package init(pass: ForwardPassKind, threadCount: Int, rounds: [Round], bestGigaflops: Double) {
        self.pass = pass
        self.threadCount = threadCount
        self.rounds = rounds
        self.bestGigaflops = bestGigaflops
        let threads = Double(threadCount)
        func middle(_ value: (Round) -> Double) -> Double { median(of: rounds.map(value)) ?? 0 }
        func share(_ nanoseconds: Double, _ round: Round) -> Double {
            round.wallNanoseconds > 0 ? nanoseconds / Double(round.wallNanoseconds) : 0
        }
        func kernels(_ kinds: [KernelProfile.Kind], _ round: Round) -> Double {
            share(kinds.reduce(0) { $0 + Double(round.kernels[$1].nanoseconds) } / threads, round)
        }
        func noise(_ round: Round) -> Double { share(Double(round.noiseNanoseconds), round) }
        func gigaflops(_ kind: KernelProfile.Kind) -> Double {
            middle { round in
                let tally = round.kernels[kind]
                return tally.nanoseconds > 0
                    ? threads * Double(tally.operations) / Double(tally.nanoseconds) : 0
            }
        }
        let products: [KernelProfile.Kind] = [.weightProduct, .attentionProduct]
        wallNanoseconds = middle { Double($0.wallNanoseconds) }
        kernelShares = KernelProfile.Kind.allCases.reduce(into: [:]) { shares, kind in
            shares[kind] = middle { kernels([kind], $0) }
        }
        noiseShare = middle(noise)
        restShare = middle { 1 - kernels(KernelProfile.Kind.allCases, $0) - noise($0) }
        productShare = middle { kernels(products, $0) }
        otherShare = middle { 1 - kernels(products, $0) - noise($0) }
        weightProductGigaflops = gigaflops(.weightProduct)
        attentionProductGigaflops = gigaflops(.attentionProduct)
        shareOfBest = bestGigaflops > 0 ? weightProductGigaflops / bestGigaflops : 0
    }
}
