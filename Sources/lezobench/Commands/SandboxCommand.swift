import ArgumentParser
import Sandbox

/// Writes the synthetic world.
struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "The synthetic world that needs no download.",
        discussion: """
            EXAMPLES
              lezobench sandbox make /tmp/sandbox
              lezobench sandbox pretrain suites/sandbox-pretrain.yaml -o sandbox-opt.safetensors
            """,
        subcommands: [Make.self, Pretrain.self])

    /// Writes archives and a model into a folder.
    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Write the sandbox's archives and model into a folder.",
            discussion: """
                The same seed gives the same bytes.

                EXAMPLE
                  lezobench sandbox make /tmp/sandbox --seed 1
                """)

        @Argument(help: "The folder to write into; it is created.")
        var folder: String

        @Option(help: "The seed of the world and of the model's random weights.")
        var seed: UInt64 = 1

        @Option(
            help: """
                The model's weights, untrained or pretrained; pretrained for seed \(Sandbox.pretrainedSeed), which \
                they belong to, and untrained for any other.
                """)
        var weights: SandboxWeights?

        func run() throws {
            let contents = try Sandbox.make(in: folder, seed: seed, weights: weights)
            try StandardOutput.write("data    \(contents.dataFolder)\nmodels  \(contents.modelFolder)\n")
        }
    }
}

extension SandboxWeights: ExpressibleByArgument {}
