import Foundation
import TestSupport
import Testing

@Suite("bench, through the program's door", .serialized)
struct BenchSlowTests {
    private func run(_ arguments: [String]) throws -> Program.Answer {
        try TemporaryFolder.with { folder in
            try Program(folder: URL(fileURLWithPath: folder.path)).run(["bench"] + arguments)
        }
    }

    @Test("steps of a small model print one JSON object with every step")
    func steps() throws {
        let answer = try run([
            "steps", "--model", "sandbox-opt", "--shape", "2x8", "--sparsity", "0", "--sparsity", "0.5",
            "--plan",
            "fused", "--steps", "3", "--rounds", "2", "--threads", "1", "--json",
        ])
        #expect(answer.exitCode == 0, "\(answer.errors)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        let cells = try #require((object["steps"] as? [String: Any])?["cells"] as? [[String: Any]])
        #expect(cells.count == 2)
        for cell in cells {
            let rounds = try #require(cell["rounds"] as? [[String: Any]])
            #expect(rounds.map { ($0["steps"] as? [Any])?.count } == [3, 3])
        }
        #expect((object["environment"] as? [String: Any])?["threadCount"] as? Int == 1)
    }

    @Test("products and forward passes of a small model come out as CSV and Markdown")
    func formats() throws {
        let shape = ["--model", "sandbox-opt", "--batch-size", "2", "--tokens", "8", "--quick"]
        let products = try run(["products", "--format", "csv"] + shape)
        #expect(products.exitCode == 0, "\(products.errors)")
        #expect(products.output.contains("Products,products,1,product,\"queries, keys, values\""))
        let forward = try run(["forward", "--format", "markdown"] + shape)
        #expect(forward.exitCode == 0, "\(forward.errors)")
        #expect(forward.output.contains("## Forward passes"))
    }

    @Test(
        "wrong arguments end with 2 and say what was expected",
        arguments: [
            (["steps", "--shape", "16by64"], "such as 16x64"), (["steps", "--shape", "4x1"], "2 or more"),
            (["steps", "--sparsity", "1.5"], "a share from 0 to 1"),
            (["steps", "--rounds", "0"], "1 or more"),
            (["steps", "--plan", "fast"], "reference"), (["steps", "--storage", "int8"], "bfloat16"),
            (["steps", "--shape", "1x8", "--batch", "b.json"], "not both"),
            (["steps", "--batch", "nowhere.json"], "nowhere.json"),
            (["products", "--model", "opt-1b"], "nown: "),
            (["forward", "--tokens", "1"], "2 or more"), (["--threads", "0"], "1 or more"),
            (["kernels", "--json", "--format", "csv"], "not both"),
        ])
    func usage(arguments: [String], expected: String) throws {
        let answer = try run(arguments)
        #expect(answer.exitCode == 2)
        #expect(answer.errors.contains(expected), "\(answer.errors)")
    }
}
