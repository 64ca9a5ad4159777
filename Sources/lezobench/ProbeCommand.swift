import ArgumentParser
import Foundation
import Kernels
import Provenance
import Runner

/// Says what a child process finds about itself, for the parent's records.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Print this process's environment as JSON.", shouldDisplay: false)

    @Option(help: "Threads that loops may use.")
    var threads = AllowedResources.processorCount()

    func run() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let probe = try RuntimeProbe.measure(threadCount: threads)
        StandardOutput.write(String(decoding: try encoder.encode(probe), as: UTF8.self) + "\n")
    }
}
