import ArgumentParser
import Provenance
import Runner

/// Says what a child process finds about itself, for the parent's records.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Print this process's environment as JSON.", shouldDisplay: false)

    @Option(help: "Threads that loops may use.")
    var threads = AllowedResources.processorCount()

    func run() throws {
        try printJSON(RuntimeProbe.measure(threadCount: threads))
    }
}
