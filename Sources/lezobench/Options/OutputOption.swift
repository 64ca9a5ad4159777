import ArgumentParser

/// Where a command writes what it makes: a file, or standard output.
struct OutputOption: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "A file to write instead of standard output. Its folder is made; without --format its ending says the form.",
            valueName: "file"))
    var path: String?

    /// Whether a file is written.
    var isFile: Bool { path != nil }

    /// Writes a text to the file, and says so on standard error, or to standard output.
    func write(_ text: String) throws {
        guard let path else { return try StandardOutput.write(text) }
        try TextFile.write(text, to: path)
        Self.announce(path)
    }

    /// Says that a file was written.
    static func announce(_ path: String) { StandardError.write("written: \(path)\n") }

    /// The form that the file's ending names, nil when there is no file or the ending names no form of any command.
    ///
    /// - Throws: ``InputError`` when it names a form of other commands alone.
    func form<Form: FileForm>() throws(InputError) -> Form? {
        guard let path, let ending = FileEnding(ofPath: path) else { return nil }
        if let form = Form.allCases.first(where: { $0.fileEnding == ending }) { return form }
        let accepted = Form.allCases.compactMap(\.fileEnding).map { "." + $0.rawValue }
        throw InputError(
            "\(path) ends in .\(ending.rawValue), which this command has no form for; it writes "
                + "\(accepted.joined(separator: ", ")), or say with --format what the file is to hold")
    }
}
