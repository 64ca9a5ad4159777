import ArgumentParser
import Benchmarks
import Foundation
import Provenance
import Runner

/// Options of every benchmark.
struct BenchOptions: ParsableArguments {
    @OptionGroup var threads: ThreadOption

    @Flag(help: "A first look: fewer samples and smaller batches.")
    var quick = false

    @Flag(help: "Print one JSON object with every sample.")
    var json = false

    @Option(help: "The form: terminal, markdown or csv (default: terminal at a terminal, else markdown).")
    var format: ReportFormat?

    func validate() throws {
        guard !json || format == nil else { throw ValidationError("give --json or --format, not both") }
    }

    /// Measures some parts in a process with the right BLAS kernels and prints the results.
    func run(
        _ parts: Set<BenchmarkRequest.Part>, model: String, adjust: (inout BenchmarkRequest) throws -> Void
    ) throws {
        try ProperBLAS.relaunchIfNeeded()
        var request = BenchmarkRequest(parts: parts, model: model, threadCount: threads.count)
        if quick { request = request.shortened }
        try adjust(&request)
        let environment = try RuntimeProbe.measure(threadCount: threads.count).environment
        StandardError.write(
            "\(environment.processor), \(environment.kernelInstructionSet) kernels, BLAS core type "
                + "\(environment.blasCoreType), \(threads.count) threads\n")
        let run = try BenchmarkRun(request, environment: environment) {
            StandardError.write("measuring \($0)\n")
        }
        let results = try run.measure()
        if json {
            try printJSON(results)
        } else {
            try StandardOutput.write((format ?? .standard).render(BenchmarkReport.make(from: results)))
        }
    }
}

/// The model and the batch of products and forward passes.
struct BenchShapeOptions: ParsableArguments {
    /// The model where none is named.
    static let standardModel = "opt-125m"

    @Option(help: "A known model's name; its shape is used, with random weights.")
    var model = BenchShapeOptions.standardModel

    @Option(help: "Sequences of a batch (default: 16, with --quick 4).")
    var batchSize: Int?

    @Option(help: "Tokens of a sequence (default: 64).")
    var tokens: Int?

    func validate() throws {
        for (name, value) in [("--batch-size", batchSize), ("--tokens", tokens)] {
            if let value, value < 1 { throw ValidationError("\(name) is \(value); give 1 or more") }
        }
        if let tokens, tokens < 2 {
            throw ValidationError(
                "--tokens is \(tokens); a scored token needs one before it, so give 2 or more")
        }
    }

    /// Puts what was given into a request.
    func apply(to request: inout BenchmarkRequest) throws {
        if let batchSize { request.forwardShape.batchSize = batchSize }
        if let tokens { request.forwardShape.tokens = tokens }
    }
}
