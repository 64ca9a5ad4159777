import Comparison
import Kernels
import Suites
import Tasks
import TestSupport
import Tokenization

@testable import Archives
@testable import ModelFiles

/// What reads files that come from strangers.
enum FuzzedParser: String, CaseIterable {
    case archive, safetensors, pickle, gguf, configuration, vocabulary, tokenizer, records, suite, policy,
        pretraining,
        claims

    /// Reads an input; what is wrong with it must come out as an error with a message for a person.
    ///
    /// A trap, a wrong access to memory, an endless loop or too much memory ends the process, which libFuzzer sees.
    func accept(_ bytes: UnsafeRawBufferPointer) {
        do {
            switch self {
            case .archive: try readArchive(bytes)
            case .safetensors: try readTensors(of: SafetensorsFile(fileBytes(Array(bytes))))
            case .pickle: try readPickle(Array(bytes))
            case .gguf: try readGGUF(fileBytes(Array(bytes)))
            case .configuration: _ = try ConfigurationFile.read(bytes, file: "input")
            case .vocabulary: try readVocabulary(Array(bytes))
            case .tokenizer: try readTokenizer(Array(bytes))
            case .records: try readRecords(Array(bytes))
            case .suite: try readSuite(bytes)
            case .policy:
                if let text = text(bytes) { _ = try GatePolicy.read(text, path: "input.yaml") }
            case .pretraining:
                if let text = text(bytes) { _ = try PretrainingPlan.read(text, path: "input.yaml") }
            case .claims: try readClaims(bytes)
            }
        } catch {
            // The words of suites and ledgers stand in messages as they are, and are made printable where these are shown.
            let isShownLater = [.suite, .policy, .pretraining, .claims].contains(self)
            check(isShownLater ? "\(error)".printable : "\(error)", naming: "input")
        }
    }

    /// A message has an end, and nothing in it that a terminal obeys.
    ///
    /// - Parameter place: What it must name; nil for an error that those who know the file put it in front of.
    private func check(_ message: String, naming place: String?) {
        precondition(
            place.map { message.contains($0) } ?? true, "the message does not name the file: \(message)")
        precondition(!message.isEmpty && message.unicodeScalars.count < 5000, "the message is too long")
        precondition(
            !message.unicodeScalars.contains { $0 != "\n" && Self.isObeyed($0) },
            "the message holds control characters"
        )
    }

    /// Whether a terminal does something else than show it: a control character, or a mark that turns writing around.
    ///
    /// By itself here, so that a gap in the program's own list would be found.
    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
            || [0x200e, 0x200f, 0x061c].contains(scalar.value)
            || (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private func text(_ bytes: UnsafeRawBufferPointer) -> String? { String(validating: bytes, as: UTF8.self) }

    /// Limits that an input of a few kilobytes can reach.
    private var limits: ArchiveLimits {
        ArchiveLimits(bytesPerEntry: 1 << 20, totalBytes: 8 << 20, entries: 1000, compressionRatio: 1000)
    }

    private func readArchive(_ bytes: UnsafeRawBufferPointer) throws {
        for name in ["input", "input.tar.gz"] {
            do throws(ArchiveError) {
                let archive = try Archive.open(bytes: bytes, name: name)
                _ = try archive.entries(limits: limits)
                for entry in try archive.entryNames().prefix(20) {
                    _ = try archive.read(entryNamed: entry, limits: limits)
                }
            } catch {
                check(error.description, naming: "input")
            }
        }
    }

    /// Bytes as a file that lies in an archive in memory.
    private func fileBytes(_ content: [UInt8], name: String = "input") throws -> FileBytes {
        try FileBytes(archive([(name, content)]), entry: name)
    }

    private func archive(_ entries: [(String, [UInt8])]) throws -> Archive {
        try storedZip(entries).withUnsafeBytes { (bytes) throws(ArchiveError) in
            try Archive.open(bytes: bytes, name: "archive.zip")
        }
    }

    private func readTensors(of weights: any WeightSource) throws {
        for name in weights.tensorNames.prefix(50) {
            guard let count = weights.shape(of: name).flatMap(elementCount), count <= 1 << 16 else {
                continue
            }
            let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
            defer { values.deallocate() }
            let halves = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: count)
            defer { halves.deallocate() }
            let destinations: [TensorDestination] =
                [.float32(values)] + [HalfFormat.bfloat16, .float16].map { .half(halves, $0) }
            for destination in destinations {
                do throws(ModelFileError) {
                    try weights.read(name, into: destination)
                } catch {
                    check(error.description, naming: "input")
                }
            }
        }
    }

    private func readPickle(_ content: [UInt8]) throws {
        let storage = [UInt8](repeating: 1, count: 4096)
        let checkpoint = storedZip([("a/data.pkl", content), ("a/data/0", storage), ("a/data/1", storage)])
        try readTensors(of: TorchCheckpoint(fileBytes(checkpoint), path: nil))
    }

    private func readGGUF(_ file: FileBytes) throws {
        let model = try GGUFLlama(file)
        try readTensors(of: model)
        let definition = try file.withBytes { (bytes) throws(ModelFileError) in
            try model.header.tokenizer(bytes, vocabularySize: model.configuration.vocabularySize)
        }
        try encode("<|start|>abc 12 é", with: definition)
        try model.configuration.check(model, file: "input")
    }

    private func encode(_ text: String, with definition: TokenizerDefinition) throws {
        let tokenizer: Tokenizer
        do {
            tokenizer = try Tokenizer(definition)
        } catch {
            return check("\(error)", naming: nil)
        }
        _ = tokenizer.decode(tokenizer.encodeWithLeadingToken(text), skippingSpecialTokens: true)
    }

    /// The parts of an input that are apart by a byte of zero, as many as are wanted.
    private func parts(_ content: [UInt8], _ count: Int) -> [[UInt8]] {
        let parts = content.split(separator: 0, maxSplits: count - 1, omittingEmptySubsequences: false)
        return (0..<count).map { $0 < parts.count ? Array(parts[$0]) : [] }
    }

    private func readVocabulary(_ content: [UInt8]) throws {
        let parts = parts(content, 4)
        let definition = try VocabularyFiles.read(
            vocabulary: fileBytes(parts[0]), merges: fileBytes(parts[1]),
            settings: parts[2].isEmpty ? nil : fileBytes(parts[2]), vocabularySize: 100)
        try encode(String(decoding: parts[3], as: UTF8.self), with: definition)
    }

    private func readTokenizer(_ content: [UInt8]) throws {
        let parts = parts(content, 3)
        let definition = try TokenizerFile.read(
            fileBytes(parts[0]), settings: parts[1].isEmpty ? nil : fileBytes(parts[1]), vocabularySize: 100)
        try encode(String(decoding: parts[2], as: UTF8.self), with: definition)
    }

    /// The first byte chooses the task.
    private func readRecords(_ content: [UInt8]) throws {
        guard let first = content.first else { return }
        let task = TaskCatalog.tasks[Int(first) % TaskCatalog.tasks.count]
        let records = Array(content.dropFirst())
        let entries = FuzzSeeds.entries(of: task.name)
        let archive = try archive([(entries.train, records), (entries.validation, records)])
        for (split, entry) in [(ArchiveSplit.train, entries.train), (.validation, entries.validation)] {
            do throws(TaskError) {
                _ = try task.hasTrainSplit(in: archive)
                _ = try task.notes(on: archive)
                let examples = try task.examples(of: split, in: archive)
                for index in 0..<min(examples.count, 20) {
                    for encoder in Self.encoders {
                        _ = encoder.encode(examples[index], task: task, demonstrations: [examples[0]])
                    }
                }
            } catch {
                check(error.description, naming: entry)
            }
        }
    }

    /// Encoders with room for a text and with hardly any, whose tokens are single bytes.
    private static let encoders: [ExampleEncoder] = {
        let definition = TokenizerDefinition(
            tokens: ByteAlphabet.scalars.map { String(Character($0)) }, merges: [], preTokenizer: .gpt2,
            specialTokens: [:],
            leadingToken: nil, endOfTextToken: nil, sha256: "")
        guard let tokenizer = try? Tokenizer(definition) else { return [] }
        return [2048, 3].map { ExampleEncoder(tokenizer: tokenizer, leadingToken: 2, maximumTokens: $0) }
    }()

    private func readSuite(_ bytes: UnsafeRawBufferPointer) throws {
        guard let text = text(bytes) else { return }
        let vocabulary = SuiteVocabulary(
            modelNames: ["opt-125m", "tiny"], layerCount: { ["opt-125m": 12, "tiny": 4][$0] },
            taskNames: TaskCatalog.names, claimNames: nil)
        _ = try Suite.read(text, path: "input.yaml", vocabulary: vocabulary)
    }

    private func readClaims(_ bytes: UnsafeRawBufferPointer) throws {
        guard let text = text(bytes) else { return }
        _ = try ClaimsLedger(text: text, file: "input.csv")
    }
}
