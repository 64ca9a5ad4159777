import Foundation

/// One JSON value on one line, keys sorted.
func jsonLine(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}

/// Prints one JSON value on one line of standard output.
func printJSON(_ value: some Encodable) throws {
    try StandardOutput.write(try jsonLine(value))
}
