import ArgumentParser
import Provenance

/// Threads that loops may use; shared by the commands that compute.
struct ThreadOption: ParsableArguments {
    @Option(
        name: .customLong("threads"),
        help: ArgumentHelp(
            "Threads that loops may use (default: all processors). Never changes a result's bits.",
            valueName: "threads"))
    var count = AllowedResources.processorCount()

    func validate() throws {
        guard count >= 1 else { throw ValidationError("--threads is \(count); give 1 or more") }
    }
}
