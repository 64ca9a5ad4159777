import Archives
import Foundation

/// The texts of real data sets that the goldens were made from, in the same order.
enum ParityTexts {
    private struct Question: Decodable {
        let passage: String
        let question: String
    }
    private struct Document: Decodable {
        struct Article: Decodable { let paragraphs: [Paragraph] }
        struct Paragraph: Decodable {
            let context: String
            let qas: [Asked]
        }
        struct Asked: Decodable { let question: String }
        let data: [Article]
    }

    static func texts(of dataSet: String) throws -> [String] {
        switch dataSet {
        case "sst2-dev":
            return try lines(of: "SST-2/dev.tsv", in: "glue/SST-2.zip").dropFirst()
                .map { String($0.split(separator: "\t", omittingEmptySubsequences: false)[0]) }
        case "boolq-val":
            return try lines(of: "BoolQ/val.jsonl", in: "superglue/BoolQ-subset.zip").flatMap { line in
                let record = try JSONDecoder().decode(Question.self, from: Data(line.utf8))
                return [record.passage, record.question]
            }
        default:
            let file = ParityFiles.data.appending(path: "squad/dev-v1.1.json")
            return try JSONDecoder().decode(Document.self, from: Data(contentsOf: file)).data
                .flatMap(\.paragraphs).flatMap { [$0.context] + $0.qas.map(\.question) }
        }
    }

    private static func lines(of entry: String, in path: String) throws -> [Substring] {
        let archive = try Archive.open(ParityFiles.data.appending(path: path).path)
        // Not by characters: a text may begin with a mark that would join the line end before it.
        let bytes = try archive.read(entryNamed: entry)
        return bytes.split(separator: UInt8(ascii: "\n")).map { Substring(decoding: $0, as: UTF8.self) }
    }
}
