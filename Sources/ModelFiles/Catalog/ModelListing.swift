import Archives
import Foundation

/// A model as a list shows it: what can be said without reading its weights.
package struct ModelListing: Sendable, Hashable {
    /// The known name when name or shape say so, otherwise the file's or folder's own.
    package var name: String
    /// Where it lies.
    package var location: ModelLocation
    /// Its shape, or nil when that could not be read.
    package var configuration: ModelConfiguration?
    /// Why it cannot be used, or nil when nothing is known against it.
    package var trouble: ModelFileError?
}

/// A place that could be a model, with what its names and header say about it.
struct ModelCandidate {
    let location: ModelLocation

    /// Whether it is a GGUF file.
    var isGGUF: Bool { (location.entry ?? location.path).lowercased().hasSuffix(".gguf") }

    /// Whether it is a lone safetensors file, whose shape must be known by name.
    var isSafetensors: Bool { location.entry == nil && location.path.lowercased().hasSuffix(".safetensors") }

    /// The names that it goes by without being opened, normalised; the best first.
    var names: [String] {
        if let entry = location.entry {
            if isGGUF { return [normalizedModelName(entry)] }
            let folder =
                entry.split(separator: "/").dropLast().last.map { [normalizedModelName(String($0))] } ?? []
            return folder + [normalizedModelName(location.path)]
        }
        let full = URL(fileURLWithPath: location.path).standardizedFileURL.path
        // In a cache of the Hugging Face hub the folder is named by its revision, a folder above it by the
        // model.
        let cached = full.split(separator: "/").last { $0.hasPrefix("models--") }
        let folder =
            isSafetensors
            ? full.split(separator: "/").dropLast().last.map { [normalizedModelName(String($0))] } ?? [] : []
        return [normalizedModelName(full)] + folder + (cached.map { [normalizedModelName(String($0))] } ?? [])
    }

    /// The header of a GGUF candidate; of an archive's entry no more is unpacked than a header may have.
    func header() throws(ModelFileError) -> GGUFHeader {
        guard let entry = location.entry else {
            return try GGUFHeader(FileBytes(mapping: location.path))
        }
        return try header(ofEntry: entry)
    }

    /// Bytes that nearly all headers have room in.
    private static let usualHeaderBytes = 16 << 20

    private func header(ofEntry entry: String) throws(ModelFileError) -> GGUFHeader {
        let archive = try Archive.opened(location.path)
        let reader: ArchiveEntryReader
        do throws(ArchiveError) {
            reader = try archive.reader(forEntry: entry)
        } catch {
            throw ModelFileError(error)
        }
        // Only pages that are written to take memory.
        let room = UnsafeMutableRawBufferPointer.allocate(
            byteCount: GGUFHeader.maximumBytes, alignment: 64)
        defer { room.deallocate() }
        // Where the archive does not say the size, the places of the tensors are checked once the model is opened.
        let size = reader.declaredByteCount ?? .max
        let usual = try fill(room[..<Self.usualHeaderBytes], with: reader)
        let start = UnsafeRawBufferPointer(rebasing: room[..<usual])
        do throws(ModelFileError) {
            return try GGUFHeader(start, file: location.text, fileBytes: size)
        } catch {
            // Reading on mends only a header that broke off with the bytes read: not one of an entry that has
            // ended, and not what is no GGUF or of a sort that is not supported.
            guard usual == Self.usualHeaderBytes, error.kind == .damaged, start.starts(with: "GGUF".utf8)
            else { throw error }
        }
        let more = try fill(room[Self.usualHeaderBytes...], with: reader)
        return try GGUFHeader(
            UnsafeRawBufferPointer(rebasing: room[..<(usual + more)]), file: location.text, fileBytes: size)
    }

    /// Fills a stretch of memory from an entry, or as much of it as the entry still has.
    private func fill(
        _ room: Slice<UnsafeMutableRawBufferPointer>, with reader: ArchiveEntryReader
    ) throws(ModelFileError) -> Int {
        do throws(ArchiveError) {
            return try reader.fill(UnsafeMutableRawBufferPointer(rebasing: room))
        } catch {
            throw ModelFileError(error)
        }
    }

    /// The Hugging Face folder that it is.
    func folder() throws(ModelFileError) -> ModelFolder {
        guard let entry = location.entry else { return try ModelFolder(path: location.path) }
        let archive = try Archive.opened(location.path)
        do throws(ArchiveError) {
            return ModelFolder(archive, configuration: entry, entryNames: try archive.entryNames())
        } catch {
            throw ModelFileError(error)
        }
    }

    /// The shape; nil for a lone safetensors file, which does not say.
    func configuration() throws(ModelFileError) -> ModelConfiguration? {
        if isGGUF { return try GGUFLlama.configuration(header()) }
        return isSafetensors ? nil : try folder().configuration()
    }
}

extension Archive {
    /// Opens an archive with this room's error.
    static func opened(_ path: String) throws(ModelFileError) -> Archive {
        do throws(ArchiveError) {
            return try open(path)
        } catch {
            throw ModelFileError(error)
        }
    }
}
