import Digests
import Testing
import Tokenization

@Suite("Tokenizers read from files give the reference's ids")
struct TokenizerParityTests {
    private static let dataSets = ["sst2-dev", "boolq-val", "squad-dev"]

    @Test(
        "OPT on every hard string", .enabled(if: ParityFiles.hasOPT, "\(ParityFiles.dataAbsence)"))
    func optHardStrings() throws {
        let tokenizer = try Tokenizer(ParityFiles.optVocabulary())
        for string in try ParityFiles.goldens().hard {
            #expect(tokenizer.encode(string.text) == string.opt, "\(string.text.debugDescription)")
        }
        #expect(tokenizer.encodeWithLeadingToken("A photo of a cat") == [2, 250, 1345, 9, 10, 4758])
    }

    @Test(
        "OPT on every text of a data set",
        .enabled(if: ParityFiles.hasData && ParityFiles.hasOPT, "\(ParityFiles.dataAbsence)"),
        arguments: dataSets)
    func opt(dataSet: String) throws {
        try expectSameIDs(Tokenizer(ParityFiles.optVocabulary()), key: "opt", dataSet: dataSet)
    }

    @Test(
        "SmolLM2 on every hard string",
        .enabled(if: ParityFiles.models != nil, "\(ParityFiles.modelsAbsence)"))
    func smollm2HardStrings() throws {
        let tokenizer = try Tokenizer(#require(try ParityFiles.smollm2Vocabulary.get()))
        for string in try ParityFiles.goldens().hard {
            #expect(tokenizer.encode(string.text) == string.smollm2, "\(string.text.debugDescription)")
        }
        #expect(tokenizer.encodeWithLeadingToken("It was") == tokenizer.encode("It was"))
    }

    @Test(
        "SmolLM2 on every text of a data set",
        .enabled(if: ParityFiles.hasData, "\(ParityFiles.dataAbsence)"),
        .enabled(if: ParityFiles.models != nil, "\(ParityFiles.modelsAbsence)"), arguments: dataSets)
    func smollm2(dataSet: String) throws {
        try expectSameIDs(
            Tokenizer(#require(try ParityFiles.smollm2Vocabulary.get())), key: "smollm2", dataSet: dataSet)
    }

    private func expectSameIDs(_ tokenizer: Tokenizer, key: String, dataSet: String) throws {
        let golden = try #require(try ParityFiles.goldens().data[dataSet]?[key])
        let idLists = try ParityTexts.texts(of: dataSet).map(tokenizer.encode)
        #expect(idLists.count == golden.texts)
        #expect(idLists.reduce(0) { $0 + $1.count } == golden.tokens)
        for (group, expected) in golden.perHundred.enumerated() {
            let first = group * 100
            let digest = Self.digest(idLists[first..<min(first + 100, idLists.count)])
            #expect(digest.hasPrefix(expected), "\(dataSet), texts \(first) to \(first + 99)")
        }
        #expect(Self.digest(idLists[...]) == golden.sha256)
    }

    /// SHA-256 over each text's count of ids and the ids, all as little-endian 32-bit integers.
    private static func digest(_ idLists: ArraySlice<[Int32]>) -> String {
        var hasher = SHA256Hasher()
        for ids in idLists {
            for number in [Int32(ids.count)] + ids {
                withUnsafeBytes(of: number.littleEndian) { hasher.update($0) }
            }
        }
        return hasher.finalize()
    }
}
