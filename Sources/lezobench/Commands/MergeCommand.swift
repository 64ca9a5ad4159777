import Archives
import ArgumentParser
import ResultStore

/// Puts results databases together.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Put several results databases, such as the shards of one run, together into one.",
        discussion: """
            Trials are known by their identity, rounds by their suite, cell and number. What several databases hold they \
            must agree on, number by number (times apart); otherwise every contradiction is named and nothing is written. \
            A trial that is not done everywhere is taken from where it has come furthest. The inputs are only read, and \
            merging a result with one of its parts again changes nothing.

            EXAMPLES
              lezobench run lezo-sst2 --shard 1/2 --db one.sqlite     (on one machine)
              lezobench run lezo-sst2 --shard 2/2 --db two.sqlite     (on another)
              lezobench merge -o all.sqlite one.sqlite two.sqlite

            EXIT CODES
              0 done; 2 usage or input error, or databases that contradict one another.
            """)

    @Option(name: [.customShort("o"), .customLong("output")], help: "The database to make.")
    var output: String

    @Argument(help: "The databases to put together.")
    var inputs: [String]

    @Flag(help: "Replace a results database of that name.")
    var overwrite = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let outcome = try DatabaseMerge(inputs, into: output, overwrites: overwrite).run()
        if json { return try printJSON(outcome) }
        let text =
            "\(outcome.inputs.count) databases merged into \(outcome.output): \(outcome.doneTrials) of "
            + "\(outcome.trials) trials done, \(outcome.rounds) timing rounds"
        try StandardOutput.write(text.printable + "\n")
    }
}
