import ArgumentParser
import Benchmarks

/// Measures kernels, products, forward passes and steps against this machine's own ceilings.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract:
            "Measure kernels, products, forward passes and steps as fractions of this machine's ceilings.",
        discussion: """
            Ceilings are measured in the same run as what is compared with them. Without a subcommand all four are \
            measured, in some minutes; --quick takes some 20 seconds.

            EXAMPLES
              lezobench bench --quick
              lezobench bench --json > bench.json
              lezobench bench kernels --threads 1
              lezobench bench products --model opt-1.3b
              lezobench bench forward --tokens 128 --format csv
              lezobench bench steps --shape 8x32 --sparsity 0 --sparsity 0.5 --plan fused --json
              lezobench bench steps --batch batch.json --rounds 10

            EXIT CODES
              0 done; 2 usage or input error.
            """,
        subcommands: [Everything.self, Kernels.self, Products.self, Forward.self, Steps.self],
        defaultSubcommand: Everything.self)

    /// All parts.
    struct Everything: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "all", abstract: "Measure all of it (what happens when none is named).")

        @OptionGroup var common: BenchOptions
        @OptionGroup var shape: BenchShapeOptions

        func run() throws {
            try common.run(.init(BenchmarkRequest.Part.allCases), model: shape.model) {
                try shape.apply(to: &$0)
            }
        }
    }

    /// Memory, noise and element-wise kernels.
    struct Kernels: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "kernels",
            abstract: "Perturbation passes and element-wise kernels against plain loops over memory.",
            discussion: """
                EXAMPLE
                  lezobench bench kernels --threads 2 --format markdown
                """)

        @OptionGroup var common: BenchOptions

        func run() throws { try common.run([.kernels], model: BenchShapeOptions.standardModel) { _ in } }
    }

    /// Dense products.
    struct Products: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "products",
            abstract: "A model's dense products against the best that OpenBLAS reaches on the same shapes.",
            discussion: """
                EXAMPLE
                  lezobench bench products --model opt-1.3b --batch-size 8 --tokens 32
                """)

        @OptionGroup var common: BenchOptions
        @OptionGroup var shape: BenchShapeOptions

        func run() throws { try common.run([.products], model: shape.model) { try shape.apply(to: &$0) } }
    }

    /// Forward passes from inside.
    struct Forward: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forward",
            abstract: "Where the time of a forward pass goes, and how fast products are in their place.",
            discussion: """
                EXAMPLE
                  lezobench bench forward --model smollm2-135m-instruct --batch-size 4 --tokens 256
                """)

        @OptionGroup var common: BenchOptions
        @OptionGroup var shape: BenchShapeOptions

        func run() throws { try common.run([.forward], model: shape.model) { try shape.apply(to: &$0) } }
    }
}
