import Digests
import Foundation
package import Training

/// What makes two trials the same: their definition and their input's bytes, whatever machine runs them.
package enum TrialIdentity {
    /// Raised whenever a change of the program alters a bit of any trial's result, so that old trials are not taken
    /// for new ones.
    ///
    /// 2: products are cut into other blocks, and evaluation shares prompts and packs rows.
    /// 3: losses of gold tokens on dev and test are means over the tokens of eight examples, as published, and the answers
    /// of OPT lose the spaces that the published decoding takes out.
    package static let numericsVersion = 3

    private struct Definition: Encodable {
        var inputs: [String]
        var numericsVersion: Int
        var specification: TrialSpecification
    }

    /// SHA-256, in hexadecimal, of the canonical JSON (sorted keys, no spaces) of all that defines a trial.
    ///
    /// - Parameters:
    ///   - specification: The cell and its seeds.
    ///   - inputs: SHA-256 of each archive, weight file and vocabulary that it reads, in any order.
    package static func hash(specification: TrialSpecification, inputs: [String]) throws -> String {
        SHA256Digest.hex(
            of: try canonicalJSON(
                Definition(
                    inputs: inputs.sorted(), numericsVersion: numericsVersion, specification: specification)))
    }

    /// JSON of a cell with sorted keys, by which the result store knows cells again.
    package static func canonicalJSON(_ cell: Cell) throws -> String {
        try canonicalJSON(cell as any Encodable)
    }

    private static func canonicalJSON(_ value: any Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .lezobench
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
