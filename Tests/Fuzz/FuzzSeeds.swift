import Archives
import Foundation
import Tasks
import TestSupport

/// Inputs to begin with: the committed fixtures of the rooms, and small files made here.
enum FuzzSeeds {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The contents of files under the package, by their folders and the ends of their names.
    static func files(_ folder: String, endingIn suffixes: [String]) throws -> [[UInt8]] {
        let folder = root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { name in suffixes.contains(where: name.hasSuffix) }
            .map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    /// The entries that a task reads its records from.
    static func entries(of task: String) -> (train: String, validation: String) {
        switch task {
        case "sst2": ("train.tsv", "dev.tsv")
        case "squad": ("train-v1.1.json", "dev-v1.1.json")
        case "drop": ("drop_dataset_train.json", "drop_dataset_dev.json")
        default: ("train.jsonl", "val.jsonl")
        }
    }

    /// One good record of each task.
    static let records = [
        "sst2": "sentence\tlabel\na fine film\t1\n",
        "rte": #"{"premise": "p", "hypothesis": "h", "label": "entailment"}"#,
        "cb": #"{"premise": "p", "hypothesis": "h", "label": "neutral"}"#,
        "boolq": #"{"passage": "p", "question": "q", "label": true}"#,
        "boolq-with-titles":
            #"{"passage": "A title -- p", "title": "A title", "question": "q", "label": true}"#,
        "wic": #"{"word": "w", "sentence1": "s", "sentence2": "t", "label": true}"#,
        "wsc": #"{"text": "The cat sat. It fell.", "label": true, "target": {"span1_text": "the cat.", "#
            + #""span1_index": 0, "span2_text": "it", "span2_index": 3}}"#,
        "multirc":
            #"{"passage": {"text": "p", "questions": [{"question": "q", "answers": [{"text": "a", "label": 1}]}]}}"#,
        "copa": #"{"premise": "p", "choice1": "a", "choice2": "b", "question": "cause", "label": 0}"#,
        "record": #"{"passage": {"text": "Zoe ran.", "entities": [{"start": 0, "end": 2}]}, "#
            + #""qas": [{"query": "@placeholder ran", "answers": [{"text": "Zoe"}]}]}"#,
        "squad": #"{"data": [{"title": "t_u", "paragraphs": [{"context": "c", "#
            + #""qas": [{"question": "q", "answers": [{"text": "a"}]}]}]}]}"#,
        "drop": #"{"a": {"passage": "p", "qa_pairs": [{"question": "q", "#
            + #""answer": {"number": "7", "date": {"day": "", "month": "", "year": ""}, "spans": []}}]}}"#,
    ]
}

extension FuzzedParser {
    /// The inputs to begin with.
    func seeds() throws -> [[UInt8]] {
        let models = "Tests/ModelFilesTests/Fixtures"
        switch self {
        case .archive:
            return try FuzzSeeds.files(
                "Tests/ArchivesTests/Fixtures", endingIn: [".zip", ".tar", ".gz", ".xz", ".zst", ".whl"])
                + FuzzSeeds.files(models, endingIn: ["opt-bin/pytorch_model.bin"])
        case .safetensors:
            return try FuzzSeeds.files(models, endingIn: [".safetensors"]) + [Self.smallSafetensors]
        case .pickle: return try pickles(in: models)
        case .gguf: return try FuzzSeeds.files(models, endingIn: [".gguf"])
        case .configuration: return try FuzzSeeds.files(models, endingIn: ["config.json"])
        case .vocabulary:
            let vocabulary = try FuzzSeeds.files(models, endingIn: ["vocab.json"])
            let merges = try FuzzSeeds.files(models, endingIn: ["merges.txt"])
            let settings = #"{"add_bos_token": false, "added_tokens_decoder": {"3": {"content": "<unk>"}}}"#
            return zip(vocabulary, merges).map {
                $0 + [0] + $1 + [0] + Array(settings.utf8) + [0] + Array("low er".utf8)
            }
        case .tokenizer:
            return try FuzzSeeds.files(models, endingIn: ["tokenizer.json"])
                .map { $0 + [0] + Array(#"{"eos_token": "<|end|>"}"#.utf8) + [0] + Array("low er 12".utf8) }
        case .records:
            return TaskCatalog.names.enumerated().compactMap { index, name in
                FuzzSeeds.records[name].map { [UInt8(index)] + Array($0.utf8) }
            }
        case .suite: return try FuzzSeeds.files("suites", endingIn: [".yaml"])
        case .policy: return try FuzzSeeds.files(".ci", endingIn: ["gate.yaml"])
        case .pretraining: return try FuzzSeeds.files("suites", endingIn: ["pretrain.yaml"])
        case .claims:
            // A whole ledger is long for a fuzzer; its first lines have every column.
            return try FuzzSeeds.files("suites/claims", endingIn: [".csv"]).map { Array($0.prefix(1500)) }
        }
    }

    private static var smallSafetensors: [UInt8] {
        let header =
            #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"#
            + #""b":{"dtype":"BF16","shape":[],"data_offsets":[8,10]}}"#
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        return length + Array(header.utf8) + [UInt8](repeating: 7, count: 10)
    }

    private func pickles(in folder: String) throws -> [[UInt8]] {
        try FuzzSeeds.files(folder, endingIn: [".bin"]).compactMap { file in
            try? file.withUnsafeBytes { bytes in
                try Archive.open(bytes: bytes, name: "pytorch_model.bin").read(entryEndingWith: "data.pkl")
            }
        }
    }
}
