import ArgumentParser
import Suites

/// A word that stands where a command should and names none.
enum MistypedCommand {
    /// The command that was probably meant by the first such word, nil when there is none or nothing is near.
    ///
    /// - Parameters:
    ///   - arguments: What was typed after the program's name.
    ///   - root: The program's own command.
    static func suggestion(for arguments: [String], in root: any ParsableCommand.Type) -> String? {
        var command = root
        for word in arguments {
            let subcommands = command.configuration.subcommands
            guard !word.hasPrefix("-"), !subcommands.isEmpty else { return nil }
            if let next = subcommands.first(where: { $0.configuration.commandName == word }) {
                command = next
                continue
            }
            let shown = subcommands.filter { $0.configuration.shouldDisplay }
                .compactMap { $0.configuration.commandName }
            return NearestName.of(word, among: shown)
        }
        return nil
    }
}
