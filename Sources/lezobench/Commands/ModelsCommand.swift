import Archives
import ArgumentParser
import ModelFiles

/// Says what models there are, and whether all of each can be read.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List the models that are at hand, or read every tensor of them.",
        discussion: """
            EXAMPLES
              lezobench models list --models MODELS
              lezobench models verify --models MODELS
            """,
        subcommands: [List.self, Verify.self])

    /// Where the models are.
    struct Subject: ParsableArguments {
        @OptionGroup var models: ModelPaths

        @Flag(help: "Print JSON.")
        var json = false

        /// Everything under the paths that could be a model; at least one.
        func listings() throws -> [ModelListing] {
            guard !models.paths.isEmpty else {
                throw InputError("name a folder, file or archive with models with --models")
            }
            let found = ModelCatalog.list(in: models.paths)
            guard !found.isEmpty else {
                throw InputError("no model was found in \(models.paths.joined(separator: ", "))")
            }
            return found
        }
    }

    /// What is there.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List models with their sizes, without reading weights.",
            discussion: """
                EXAMPLE
                  lezobench models list --models MODELS --json

                EXIT CODES
                  0 done; 2 usage or input error, or a model or archive that cannot be opened.
                """)

        @OptionGroup var subject: Subject

        func run() throws {
            let checks = try subject.listings().map { ModelCheck($0) }
            if subject.json {
                try printJSON(checks)
            } else {
                let rows = checks.map { [$0.name, $0.path, $0.sizes, $0.trouble ?? ""].map(\.printable) }
                try StandardOutput.write(plainTable(["model", "path", "sizes", "trouble"], rows: rows))
            }
            if !checks.allSatisfy(\.isSound) { throw ExitStatus.inputError }
        }
    }

    /// Whether all of it can be read.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract:
                "Take the SHA-256 of each model's weights, and read every tensor, whose numbers must be finite.",
            discussion: """
                EXAMPLES
                  lezobench models verify --models MODELS
                  lezobench models verify --models opt-125m.tar --json

                EXIT CODES
                  0 every model is sound; 2 usage or input error, or a model that is not.
                """)

        @OptionGroup var subject: Subject

        func run() throws {
            let checks = try subject.listings().map { ModelCheck.verifying($0) }
            if subject.json {
                try printJSON(checks)
            } else {
                try StandardOutput.write(checks.map(\.text).joined(separator: "\n"))
            }
            if !checks.allSatisfy(\.isSound) { throw ExitStatus.inputError }
        }
    }
}

extension ModelCheck {
    /// Its shape in a few words, empty when that is not known.
    var sizes: String {
        guard let configuration, let parameterCount else { return "" }
        return
            "\(configuration.family.rawValue), \(configuration.layerCount) layers of \(configuration.hiddenSize), "
            + "\(parameterCount) parameters"
    }

    /// What was found, for a person.
    var text: String {
        var lines = ["\(name)  \(path)"]
        if let format, let byteCount {
            lines.append("  weights     \(format), \(Quantity.bytes(Double(byteCount)))")
        }
        if !sizes.isEmpty { lines.append("  shape       \(sizes)") }
        if let sha256 { lines.append("  SHA-256     \(sha256)") }
        if let tensorCount { lines.append("  tensors     \(tensorCount), all read, all numbers finite") }
        if let hasVocabulary {
            lines.append("  vocabulary  \(hasVocabulary ? "there" : "none, so it reads no text")")
        }
        if let trouble { lines.append("  TROUBLE     \(trouble)") }
        return lines.map { $0.printable + "\n" }.joined()
    }
}
