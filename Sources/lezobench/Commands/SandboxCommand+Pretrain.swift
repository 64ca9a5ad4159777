import ArgumentParser
import Foundation
import Kernels
import Pretraining
import Runner
import Suites

extension SandboxCommand {
    /// Trains the model's weights from nothing.
    struct Pretrain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pretrain",
            abstract: "Train the sandbox's model on the texts of its world, from random weights.",
            discussion: """
                The same plan gives the same file, bit for bit, on machines whose BLAS uses the same kernels, whatever \
                the number of threads.

                EXAMPLE
                  lezobench sandbox pretrain suites/sandbox-pretrain.yaml -o sandbox-opt.safetensors
                """)

        @Argument(help: "The plan: a pretraining file.")
        var plan: String

        @Option(name: .shortAndLong, help: "The safetensors file to write.")
        var output: String

        @OptionGroup var threads: ThreadOption

        func run() throws {
            try ProperBLAS.relaunchIfNeeded()
            let plan = try PretrainingPlan.load(path: plan)
            try TextFile.makeFolder(of: output)
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("lezobench-pretrain-\(ProcessInfo.processInfo.processIdentifier)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let start = ContinuousClock.now
            var failure: StandardOutput.Unwritable?
            let outcome = try PretrainingRun(plan: plan, team: ThreadTeam(threadCount: threads.count)).run(
                writingTo: output, workFolder: folder.path
            ) { progress in
                do throws(StandardOutput.Unwritable) {
                    try StandardOutput.write(
                        "step \(progress.step) of \(plan.steps)  loss \(rounded(progress.loss))  "
                            + "tokens \(progress.tokenCount)\n")
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            let seconds = (ContinuousClock.now - start).components.seconds
            try StandardOutput.write(
                "held-out loss \(rounded(outcome.firstLoss)) -> \(rounded(outcome.heldOutLoss)) nats a token after "
                    + "\(outcome.tokenCount) tokens in \(seconds) s\n\(outcome.fileSHA256)  \(output)\n")
            if let recorded = plan.sha256 {
                try StandardOutput.write(comparison(outcome, recorded: recorded))
            }
        }

        private func comparison(_ outcome: PretrainingRun.Outcome, recorded: String) -> String {
            outcome.fileSHA256 == recorded
                ? "the same file, bit for bit, as the plan records\n"
                : "the plan records another file, \(recorded): the plan or the program has changed since, or BLAS used "
                    + "other kernels than \(BLASLibrary.coreType.name) then\n"
        }

        private func rounded(_ loss: Double) -> String { String(format: "%.4f", loss) }
    }
}
