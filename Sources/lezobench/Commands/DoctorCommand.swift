import ArgumentParser
import Foundation
import Provenance
import Runner

/// Says whether this machine can measure, and what there is to measure on.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show libraries, processor features, BLAS kernels, threads, data and models found.",
        discussion: """
            EXAMPLES
              lezobench doctor
              lezobench doctor --data DATA --models MODELS --json

            EXIT CODES
              0 all is well; 2 something makes timings worthless (it is named).
            """)

    @OptionGroup var paths: SearchPaths

    @OptionGroup var threads: ThreadOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let diagnosis = try Diagnosis(
            dataFolders: paths.dataFolders, modelPaths: paths.modelPaths, threadCount: threads.count)
        if json {
            try printJSON(diagnosis)
        } else {
            try show(diagnosis)
        }
        if !diagnosis.warnings.isEmpty { throw ExitStatus.inputError }
    }

    private func show(_ diagnosis: Diagnosis) throws {
        let environment = diagnosis.environment
        var facts: [[String]] = [
            ["processor", "\(environment.processor), \(environment.processorCount) usable"],
            ["memory", Quantity.bytes(Double(environment.memoryBytes))],
            ["system", environment.operatingSystem],
            ["program", "\(environment.buildConfiguration) build, \(environment.compiler)"],
            [
                "our kernels",
                "\(environment.kernelInstructionSet) (this processor has: "
                    + "\(diagnosis.supportedInstructionSets.joined(separator: ", "))), "
                    + "\(Quantity.fixed(diagnosis.perturbedGigaelements, digits: 2)) Gaussian elements a nanosecond",
            ],
            ["BLAS as installed", words(diagnosis.blasAsInstalled, threads: environment.threadCount)],
            [
                "BLAS deserved",
                words(diagnosis.blasDeserved, threads: environment.threadCount)
                    + "; this processor has \(diagnosis.processorFeatures)",
            ],
            [
                "BLAS in trials",
                words(diagnosis.blasInTrials, threads: environment.threadCount) + "; \(forcing(diagnosis))",
            ],
        ]
        facts += diagnosis.libraries.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
        let data = diagnosis.data.map { [$0.task, $0.path ?? "not found", $0.remark ?? ""] }
        let models = diagnosis.models.map { [$0.name, $0.path] }
        var text = plainTable(["machine", ""], rows: facts)
        text += "\n" + plainTable(["task", "data", "remark"], rows: data)
        text +=
            "\n"
            + (models.isEmpty
                ? "no model found; name a folder, file or archive with --models\n"
                : plainTable(["model", "path"], rows: models))
        for warning in diagnosis.warnings { text += "\nWARNING: \(warning)\n" }
        if diagnosis.warnings.isEmpty { text += "\nall is well\n" }
        try StandardOutput.write(text)
    }

    private func words(_ kernels: MachineProbe.BLASKernels, threads: Int) -> String {
        "\(kernels.coreType) kernels, \(Quantity.fixed(kernels.gigaflops, digits: 0)) GFLOP/s on \(threads) "
            + (threads == 1 ? "thread" : "threads")
    }

    private func forcing(_ diagnosis: Diagnosis) -> String {
        guard let forced = diagnosis.blasCoreTypeForced else {
            return "nothing is forced, BLAS chose them itself"
        }
        return ChildEnvironment.isOverruled
            ? "forced to \(forced) by \(ChildEnvironment.overrulingVariable)"
            : "forced to \(forced), because BLAS would not choose what this processor deserves"
    }
}
