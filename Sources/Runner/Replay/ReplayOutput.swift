import Archives
import Foundation
import Glibc
import LanguageModels
package import ModelFiles
package import Training

/// Where rebuilt weights are written: one safetensors file, or a folder as Hugging Face lays it out.
///
/// A name that ends in `.safetensors` is a file; any other is a folder, which gets `model.safetensors`, `config.json` and
/// the tokenizer's files. The weights get their name only after all checks have passed.
package struct ReplayOutput: Sendable {
    private let weights: URL
    private let folder: URL?
    private let overwrites: Bool

    /// An output for a path.
    package init(_ path: String, overwrites: Bool) {
        let url = URL(fileURLWithPath: path)
        self.overwrites = overwrites
        if path.hasSuffix(".safetensors") {
            weights = url
            folder = nil
        } else {
            weights = url.appendingPathComponent("model.safetensors")
            folder = url
        }
    }

    /// Whether a folder with all that describes a model was asked for.
    var isFolder: Bool { folder != nil }

    /// Where the weights lie until they are known to be right.
    package var uncheckedPath: String { weights.path + ".unchecked" }

    /// Makes the folder and makes sure that nothing is replaced unasked.
    package func prepare() throws(ReplayError) {
        var names = [weights]
        if let folder { names.append(folder.appendingPathComponent("config.json")) }
        for name in names where !overwrites && FileManager.default.fileExists(atPath: name.path) {
            throw .outputExists(path: name.path)
        }
        do {
            try FileManager.default.createDirectory(
                at: weights.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw .unwritable(
                path: weights.deletingLastPathComponent().path, reason: error.localizedDescription)
        }
    }

    /// Puts checked weights in place, with what describes them where a folder was asked for.
    ///
    /// - Returns: The files written.
    package func finish(
        model: ModelReference, configuration: ModelConfiguration, source: ModelSource?
    ) throws -> [String] {
        var files = [weights.path]
        if let folder {
            let text = try ConfigurationFile.text(
                of: configuration, half: model.storage.half, tokenizer: source?.tokenizer)
            let companions = try source?.tokenizerFiles() ?? []
            for (name, bytes) in [(name: "config.json", bytes: Array(text.utf8))] + companions {
                let place = folder.appendingPathComponent(name).path
                do {
                    try WholeFile.write(bytes, to: place)
                } catch {
                    throw ReplayError.unwritable(path: place, reason: error.reason)
                }
                files.append(place)
            }
        }
        guard rename(uncheckedPath, weights.path) == 0 else {
            throw ReplayError.unwritable(path: weights.path, reason: String(cString: strerror(errno)))
        }
        return files
    }

    /// Removes weights that did not pass.
    package func discard() { unlink(uncheckedPath) }
}
