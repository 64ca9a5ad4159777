import ArgumentParser
import Runner

/// Says what a child process finds about itself, for the parent's records.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Print this process's environment as JSON.", shouldDisplay: false)

    @OptionGroup var threads: ThreadOption

    func run() throws {
        try printJSON(RuntimeProbe.measure(threadCount: threads.count))
    }
}
